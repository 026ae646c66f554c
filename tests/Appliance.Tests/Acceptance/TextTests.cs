using System.Text;
using System.Text.RegularExpressions;
using Appliance.Tests.Hosting;

namespace Appliance.Tests.Acceptance;

/// <summary>Text of every kind, over HTTP, from real workers behind their lock: captions in the picture, TTML in the container and
/// TTML beside it.</summary>
public sealed partial class TextTests
{
    [Fact]
    public async Task Text_OfCaptionsAndOfTtmlInTheFilmAndBesideIt_IsServed()
    {
        using var folder = new ScratchFolder();
        string clip = House.Clip("subtitles/fragmented_captions.mp4");
        string words = folder.File("words.srt", "1\n00:00:00,500 --> 00:00:01,500\nGesagt\n");
        string film = Path.Combine(folder.Path, "Film.mp4");
        (int code, string printed) = await House.RunAsync(
            "ffmpeg", "-nostdin", "-v", "error", "-i", clip, "-i", words, "-map", "0:v", "-map", "1:s",
            "-c:v", "copy", "-c:s", "ttml", "-metadata:s:s:0", "language=ger", film);
        Assert.True(code == 0, printed);
        folder.File("Film.fr.ttml", "<tt xmlns='http://www.w3.org/ns/ttml'><body><div><p begin='250ms' dur='1s'>Dit<br/>été</p></div></body></tt>");

        await using RunningAppliance box = await RunningAppliance.StartAsync(film, Path.Combine(folder.Path, "data"));
        string hls = Path.GetDirectoryName((await box.RenditionsAsync())[0])!;
        (string Name, string Address)[] offered = [.. Offered().Matches(Encoding.UTF8.GetString(await box.GetAsync($"{hls}/master.m3u8")))
            .Select(match => (match.Groups[1].Value, match.Groups[2].Value))];
        string[] said = await Task.WhenAll(offered.Select(async one => Encoding.UTF8.GetString(await box.GetAsync($"{hls}/{one.Address}/0.vtt"))));
        string manifest = Encoding.UTF8.GetString(await box.GetAsync($"{hls}/../dash/manifest.mpd"));

        Assert.Equal(["Deutsch", "CC1", "Français"], offered.Select(one => one.Name));
        Assert.All(offered, one => Assert.Contains($"<Representation id=\"{one.Address}\"", manifest, StringComparison.Ordinal));
        Assert.EndsWith("\n\n00:00:00.500 --> 00:00:01.500\nGesagt\n", said[0], StringComparison.Ordinal);
        Assert.EndsWith("\n♪MUSIC♪\n", said[1], StringComparison.Ordinal);
        Assert.EndsWith("\n\n00:00:00.250 --> 00:00:01.250\nDit\nété\n", said[2], StringComparison.Ordinal);
    }

    [GeneratedRegex("TYPE=SUBTITLES.*NAME=\"([^\"]+)\".*URI=\"([^/]+)/")]
    private static partial Regex Offered();
}
