using System.Net;
using System.Text.RegularExpressions;
using Appliance.Tests.Hosting;

namespace Appliance.Tests.Tuning;

/// <summary>The command <c>tune</c>, with its real workers, as a person runs it.</summary>
public sealed partial class TuneCommandTests
{
    /// <summary>Made once for all tests.</summary>
    private static readonly Lazy<Task<byte[]>> Noisy = new(MakeNoisyAsync);

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Tune_NoisyFilm_SaysWhyAndShowsPicturesBeforeAndAfter()
    {
        using var folder = new ScratchFolder();
        string film = await NoisyAsync(folder);
        string report = Path.Combine(folder.Path, "report.html");
        (int code, string printed) = await House.RunAsync(House.Program, "tune", film, "--out", report, "--places", "2", "--rung", "240p");

        Assert.True(code == 0, printed);
        Assert.Equal(2, Count(printed, "noise: averaged in space at strength"));
        Assert.Contains(report, printed, StringComparison.Ordinal);
        string page = await File.ReadAllTextAsync(report, Token);
        Assert.Equal(2, Count(page, "<div class=\"compare\">"));
        Assert.Contains("noise, σ", page, StringComparison.Ordinal);

        // ffmpeg's decoder finds the pictures whole, of the rung's size, and those that were tuned smoother.
        int[] sizes = [.. await Task.WhenAll(Pictures().Matches(page).Select(async (match, i) =>
        {
            byte[] jpeg = Convert.FromBase64String(match.Groups[1].Value);
            string path = Path.Combine(folder.Path, $"{i}.jpg");
            await File.WriteAllBytesAsync(path, jpeg, Token);
            (int decoded, string size) = await House.RunAsync("ffprobe", "-v", "error", "-show_entries", "stream=width,height", "-of", "csv=p=0", path);
            Assert.Equal((0, "426,240"), (decoded, size.Trim()));
            return jpeg.Length;
        }))];
        Assert.Equal(4, sizes.Length);
        Assert.True(sizes[1] * 2 < sizes[0] && sizes[3] * 2 < sizes[2], string.Join(' ', sizes));
    }

    [Fact]
    public async Task Tune_Off_SaysThatNothingIsDone()
    {
        using var folder = new ScratchFolder();
        string report = Path.Combine(folder.Path, "report.html");
        (int code, string printed) = await House.RunAsync(
            House.Program, "tune", await NoisyAsync(folder), "--out", report, "--places", "1", "--tuning", "off");

        Assert.True(code == 0, printed);
        Assert.Contains("nothing is done", printed, StringComparison.Ordinal);
        string[] pictures = [.. Pictures().Matches(await File.ReadAllTextAsync(report, Token)).Select(match => match.Groups[1].Value)];
        Assert.Equal(pictures[0], pictures[1]);
    }

    /// <summary>Grey of 600 cd/m²: the report says what becomes white, and lets it be said otherwise.</summary>
    [Theory]
    [InlineData("auto", "brought into the standard one by bt2390-1, white is 6[0-9][0-9] cd/m², which is how bright the shot is")]
    [InlineData("curve=spline,peak=800", "brought into the standard one by spline-1, white is 800 cd/m², as the recipe says")]
    public async Task Tune_HighRange_SaysWhatBecomesWhite(string choice, string words)
    {
        Assert.SkipUnless(House.HasProgram("ffmpeg"), "The ffmpeg program, which makes the film, is not on this machine.");
        using var folder = new ScratchFolder();
        string film = Path.Combine(folder.Path, "bright.mkv");
        (int code, string printed) = await House.RunAsync(
            "ffmpeg", "-nostdin", "-v", "error", "-f", "lavfi", "-i",
            "color=gray:s=426x240:r=25:d=2,format=yuv420p10le,lutyuv=y=674:u=512:v=512,setparams=color_primaries=bt2020:color_trc=smpte2084:colorspace=bt2020nc:range=tv",
            "-c:v", "ffv1", "-color_primaries", "bt2020", "-color_trc", "smpte2084", "-colorspace", "bt2020nc", "-color_range", "tv", film);
        Assert.True(code == 0, printed);
        string report = Path.Combine(folder.Path, "report.html");
        (code, printed) = await House.RunAsync(House.Program, "tune", film, "--out", report, "--places", "1", "--rung", "240p", "--tone-map", choice);

        Assert.True(code == 0, printed);
        Assert.Matches(words, printed);
        Assert.Matches(words, WebUtility.HtmlDecode(await File.ReadAllTextAsync(report, Token)));
    }

    [Theory]
    [InlineData(2, "There is no file", "/no/such/film.mkv")]
    [InlineData(2, "There is no rung 9000p; there are 240p", "FILM", "--rung", "9000p")]
    [InlineData(2, "--places wants a number from 1 to 50, not 0.", "FILM", "--places", "0")]
    [InlineData(2, "Unknown option --loud.", "FILM", "--loud")]
    [InlineData(2, "tune wants a file", "--places", "3")]
    [InlineData(1, "Could not find a part of the path", "FILM", "--out", "/no/such/folder/report.html", "--places", "1")]
    [InlineData(0, "appliance tune INPUT [options]", "--help")]
    public async Task Tune_Mistake_IsOneClearLine(int code, string words, params string[] arguments)
    {
        using var folder = new ScratchFolder();
        string film = await NoisyAsync(folder);
        (int ended, string printed) = await House.RunAsync(House.Program, ["tune", .. arguments.Select(argument => argument == "FILM" ? film : argument)]);

        Assert.Equal(code, ended);
        Assert.Contains(words, printed, StringComparison.Ordinal);
    }

    private static int Count(string text, string part) => text.Split(part).Length - 1;

    private static async Task<string> NoisyAsync(ScratchFolder folder)
    {
        Assert.SkipUnless(House.HasProgram("ffmpeg"), "The ffmpeg program, which makes the film, is not on this machine.");
        string film = Path.Combine(folder.Path, "noisy.mkv");
        await File.WriteAllBytesAsync(film, await Noisy.Value, Token);
        return film;
    }

    private static async Task<byte[]> MakeNoisyAsync()
    {
        using var folder = new ScratchFolder();
        string film = Path.Combine(folder.Path, "noisy.mkv");
        (int code, string printed) = await House.RunAsync(
            "ffmpeg", "-nostdin", "-v", "error", "-f", "lavfi", "-i", "smptehdbars=s=426x240:r=25:d=6", "-vf", "noise=alls=20:allf=t",
            "-c:v", "libx264", "-preset", "ultrafast", "-qp", "10", "-pix_fmt", "yuv420p", film);
        Assert.True(code == 0, printed);
        return await File.ReadAllBytesAsync(film, Token);
    }

    [GeneratedRegex("<img src=\"data:image/jpeg;base64,([^\"]+)\"")]
    private static partial Regex Pictures();
}
