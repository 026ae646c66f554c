using Transcode.Engine.Recipes;
using Transcode.Engine.Tests.Media;
using Xunit;

namespace Transcode.Engine.Tests.Segments;

/// <summary>What a recipe tells the encoder beyond its preset is heard: libav passes over a parameter it does not know.</summary>
public sealed class EncoderParametersTests
{
    private const string Film = "-f lavfi -i testsrc2=s=426x240:r=25:d=2,noise=alls=20:allf=t -pix_fmt yuv420p -c:v libx264 -preset ultrafast -qp 16";

    [Theory]
    [InlineData("240p", "aq-mode=2")]
    [InlineData("240p", "aq-strength=0.7")]
    [InlineData("240p-hevc", "subme=3")]
    [InlineData("240p-av1", "aq-mode=0")]
    public async Task Parameter_OfARecipe_IsHeard(string rung, string parameter)
    {
        using var desk = new Desk(await FFmpeg.MakeAsync(Film, "mkv"), offer: Offer.All);
        VideoRecipe plain = desk.Rung(rung) with { EncoderParameters = null };

        Assert.NotEqual(desk.Segment(plain, 0), desk.Segment(plain with { EncoderParameters = parameter }, 0));
        Assert.NotEqual(plain.Id, (plain with { EncoderParameters = parameter }).Id);
    }

    [Fact]
    public void Parameters_OfTheLadder_AreOfH264AndTried() =>
        Assert.All(
            Ladder.For(Workers.RawVideo.Segment(0).Source, Offer.All).Video.Select(rung => (VideoRecipe)rung.Recipe),
            recipe => Assert.Equal(recipe.Encoder == "libx264" ? "aq-mode=2:aq-strength=0.7" : null, recipe.EncoderParameters));
}
