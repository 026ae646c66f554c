using System.Security.Cryptography;
using Transcode.Engine.Recipes;
using Transcode.Engine.Tests.Media;
using Transcode.Engine.Verification;
using Transcode.Engine.Workers;
using Xunit;

namespace Transcode.Engine.Tests.Verification;

/// <summary>What was made as it was asked for is accepted: by its bytes, or by its pictures.</summary>
public sealed class HonestRenditionTests
{
    [Fact]
    public async Task SameEngine_SameBytes_AreAcceptedByThem()
    {
        using var inspection = new Inspection(await VerifiedFilm.MakeAsync());
        VideoRecipe recipe = inspection.Desk.Video;
        Verdict verdict = inspection.Verify(recipe, inspection.Desk.Segment(recipe, Inspection.Index), engine: inspection.Engine);
        Assert.Equal((VerdictKind.Accepted, VerificationCheck.Bytes), (verdict.Kind, verdict.Check));
        Assert.Empty(verdict.Frames);
    }

    [Fact]
    public async Task SameEngine_OtherBytes_AreRejected()
    {
        using var inspection = new Inspection(await VerifiedFilm.MakeAsync());
        VideoRecipe recipe = inspection.Desk.Video;
        byte[] media = inspection.Desk.Segment(recipe with { Preset = "faster" }, Inspection.Index);
        Assert.Equal(VerificationCheck.Bytes, inspection.Verify(recipe, media, engine: inspection.Engine).Check);
    }

    [Fact]
    public async Task OtherEngine_SameBytes_AreAcceptedByThem()
    {
        using var inspection = new Inspection(await VerifiedFilm.MakeAsync());
        VideoRecipe recipe = inspection.Desk.Video;
        Assert.Equal(VerificationCheck.Bytes, inspection.Verify(recipe, inspection.Desk.Segment(recipe, Inspection.Index)).Check);
    }

    [Theory]
    [InlineData("libx264", "superfast")]
    [InlineData("libx264", "medium")]
    [InlineData("libx265", "veryfast")]
    [InlineData("libsvtav1", "9")]
    public async Task OtherClass_IsAccepted(string encoder, string preset)
    {
        using var inspection = new Inspection(await VerifiedFilm.MakeAsync(), Offer.All);
        VideoRecipe recipe = inspection.Desk.Ladder.Video.Select(rendition => rendition.Recipe).OfType<VideoRecipe>().First(r => r.Encoder == encoder);
        Verdict verdict = inspection.Verify(recipe, recipe with { Preset = preset });
        Assert.True(verdict.Kind == VerdictKind.Accepted, verdict.Reason);
        Assert.Null(verdict.Check);
        Assert.Equal(Challenge.UsualFrames, verdict.Frames.Count);
    }

    /// <summary>Rungs of any size and rate, at a third of the ladder's rate for the size and at three times of it.</summary>
    [Theory]
    [InlineData("256x144-100k", "medium")]
    [InlineData("256x144-100k", "superfast")]
    [InlineData("256x144-900k", "medium")]
    [InlineData("256x144-80k-hevc", "veryfast")]
    [InlineData("256x144-80k-av1", "9")]
    public async Task OtherClass_OfAWishedRung_IsAccepted(string name, string preset)
    {
        using var inspection = new Inspection(await VerifiedFilm.MakeAsync(), Offer.All);
        var recipe = (VideoRecipe)inspection.Desk.Ladder.Wish(name)!.Recipe;
        Verdict verdict = inspection.Verify(recipe, recipe with { Preset = preset });
        Assert.True(verdict.Kind == VerdictKind.Accepted, verdict.Reason);
        Assert.Equal(Challenge.UsualFrames, verdict.Frames.Count);
    }

    /// <summary>The last segment of all has few pictures, here one.</summary>
    [Fact]
    public async Task LastPicture_Alone_IsAccepted()
    {
        using var inspection = new Inspection(await FFmpeg.MakeAsync("-f lavfi -i testsrc2=s=320x180:r=10:d=2.1 -c:v libx264 -pix_fmt yuv420p", "mp4"));
        VideoRecipe recipe = inspection.Desk.Video;
        Assert.Equal(1, inspection.Desk.Grid.FramesIn(Inspection.Index));
        Verdict verdict = inspection.Verify(recipe, recipe with { Preset = "medium" });
        Assert.True(verdict.Kind == VerdictKind.Accepted, verdict.Reason);
    }

    [Fact]
    public async Task Source_ThatCannotBeRead_LeavesItOpen()
    {
        using var inspection = new Inspection(await VerifiedFilm.MakeAsync());
        VideoRecipe recipe = inspection.Desk.Video;
        var gone = new FileReader(RandomNumberGenerator.GetBytes(4096)) { OnRead = _ => throw new IOException("The disk is gone.") };
        Verdict verdict = inspection.Verify(recipe, recipe with { Preset = "faster" }, source: gone);
        Assert.Equal((VerdictKind.CannotTell, null), (verdict.Kind, verdict.Check));
        Assert.Contains("The disk is gone.", verdict.Reason, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(-1)]
    [InlineData(3)]
    public async Task Segment_ThatIsNotThere_LeavesItOpen(int index)
    {
        using var inspection = new Inspection(await VerifiedFilm.MakeAsync());
        RenditionClaim claim = new(inspection.Desk.Description, inspection.Desk.Video, index, "another", "");
        Assert.Equal(VerdictKind.CannotTell, inspection.Verify(claim, []).Kind);
    }

    /// <summary>Where the source is damaged, other builds may show something else in good faith.</summary>
    [Fact]
    public async Task Source_ThatIsDamaged_LeavesDifferencesOpen()
    {
        byte[] film = await FFmpeg.MakeAsync("-f lavfi -i mandelbrot=s=320x180:r=12:end_scale=0.02 -t 6 -vf format=yuv420p -c:v libx264 -preset ultrafast -qp 8 -g 24", "ts");
        using var whole = new Inspection(film);
        VideoRecipe recipe = whole.Desk.Video;
        byte[] damaged = [.. film];
        var random = new Random(3);
        for (int hole = film.Length / 3; hole < film.Length * 2 / 3; hole += film.Length / 40)
        {
            random.NextBytes(damaged.AsSpan(hole, 400));
        }

        Verdict verdict = whole.Verify(recipe, recipe with { Preset = "faster" }, source: new FileReader(damaged));
        Assert.True(verdict.Kind == VerdictKind.CannotTell, $"{verdict.Kind}: {verdict.Reason}");
    }
}
