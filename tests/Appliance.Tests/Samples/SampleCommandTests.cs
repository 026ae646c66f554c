using Appliance.Samples;
using Transcode.Engine.Media;
using Xunit;

namespace Appliance.Tests.Samples;

public sealed class SampleCommandTests
{
    [Fact]
    public void Parse_EveryOption_IsTaken()
    {
        var (path, options) = SampleCommand.Parse(
            ["--seconds", "6", "--size", "320x180", "--out", "clip.mp4", "--no-sound", "--card-only", "--frame-rate", "30000/1001"]);

        Assert.Equal("clip.mp4", path);
        Assert.Equal(
            new SampleOptions
            {
                Seconds = 6, Width = 320, Height = 180, HasSound = false, IsCardOnly = true, FrameRate = new Rational(30000, 1001),
            },
            options);
    }

    [Theory]
    [InlineData("--out is missing.")]
    [InlineData("--seconds 0: 1 to 600 are possible.", "--out", "x", "--seconds", "0")]
    [InlineData("--size wants WIDTHxHEIGHT, as 1280x720.", "--out", "x", "--size", "720")]
    [InlineData("--size 321x180: even sizes from 160x90 to 1920x1088 are possible.", "--out", "x", "--size", "321x180")]
    [InlineData("'--loud' is not known.", "--loud")]
    [InlineData("--out wants a value.", "--out")]
    public async Task Run_Mistake_IsNamed(string message, params string[] arguments)
    {
        using var error = new StringWriter();

        int code = await SampleCommand.RunAsync(arguments, TextWriter.Null, error);

        Assert.Equal(64, code);
        Assert.StartsWith(message, error.ToString(), StringComparison.Ordinal);
    }
}
