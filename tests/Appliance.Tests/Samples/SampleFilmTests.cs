using Appliance.Samples;
using Appliance.Samples.Pictures;
using Appliance.Samples.Scenes;
using Xunit;

namespace Appliance.Tests.Samples;

public sealed class SampleFilmTests
{
    private static readonly SampleOptions Small = new() { Seconds = 10, Width = 320, Height = 180 };

    [Fact]
    public void Paint_InAnyOrder_GivesTheSamePicture()
    {
        var timing = new SampleTiming(Small);
        var forwards = new SampleFilm(Small, timing);
        var backwards = new SampleFilm(Small, timing);
        int[] frames = [0, 30, 62, 100, 150, 204, 239];

        byte[][] first = [.. frames.Select(frame => Paint(forwards, frame).Luma)];
        byte[][] second = [.. frames.Reverse().Select(frame => Paint(backwards, frame).Luma)];

        Assert.Equal(first, second.Reverse());
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(170)]
    [InlineData(239)]
    public void Card_AnyFrame_TellsItsNumber(int frame)
    {
        SampleOptions options = Small with { IsCardOnly = true };
        Picture picture = Paint(new SampleFilm(options, new SampleTiming(options)), frame);
        var layout = new CardLayout(options.Width, options.Height);

        int number = 0;
        for (int bit = 0; bit < TestCard.Bits; bit++)
        {
            Box cell = layout.Cell(bit);
            byte luma = picture.Luma[((cell.Y + (cell.Height / 2)) * picture.Width) + cell.X + (cell.Width / 2)];
            number = (number << 1) | (luma > 128 ? 1 : 0);
        }

        Assert.Equal(frame, number);
    }

    [Fact]
    public void Card_GreyBar_HasTheLevelOfThreeQuarters()
    {
        SampleOptions options = Small with { IsCardOnly = true };
        Picture picture = Paint(new SampleFilm(options, new SampleTiming(options)), 12);
        Box bars = new CardLayout(options.Width, options.Height).Bars;

        // BT.709, limited range: 16 + 219 × 0.75 = 180.25, and the grain of a level either way.
        byte luma = picture.Luma[((bars.Y + 10) * picture.Width) + bars.X + 10];
        byte blueDifference = picture.BlueDifference[((bars.Y + 10) / 2 * (picture.Width / 2)) + ((bars.X + 10) / 2)];
        Assert.InRange(luma, 179, 182);
        Assert.InRange(blueDifference, 127, 129);
    }

    private static Picture Paint(SampleFilm film, int frame)
    {
        var picture = new Picture(Small.Width, Small.Height);
        film.Paint(frame, picture);
        return picture;
    }
}
