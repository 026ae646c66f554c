using System.Buffers.Binary;
using System.Globalization;
using System.Text;
using Transcode.Engine.Media;
using Transcode.Engine.Recipes;
using Transcode.Engine.Tests.Media;
using Transcode.Engine.Tests.Segments.Sidecars;
using Xunit;

namespace Transcode.Engine.Tests.Segments.Ttml;

/// <summary>TTML becomes segments of WebVTT, from files beside a source and from tracks of MP4. The maker is ffmpeg, of SubRip.</summary>
public sealed class TtmlTests
{
    private static string Words { get; } = string.Concat(Enumerable.Range(0, 23).Select(i => string.Create(
        CultureInfo.InvariantCulture, $"{i}\n{Time(i * 3, 100)} --> {Time((i * 3) + 2, 900)}\nLine {i} & more\nof it\n\n")));

    [Fact]
    public async Task File_OfTtml_HasTheCuesOfTheSubRipItWasMadeOf()
    {
        byte[] words = Encoding.UTF8.GetBytes(Words);
        using var subRip = new SidecarDesk(words, "srt");
        using var ttml = new SidecarDesk(await FFmpeg.RunAsync("-f srt -i pipe:0 -c:s ttml -f ttml pipe:1", words), "ttml");

        Assert.Contains("Line 22 &amp; more\nof it", subRip.Segment(2), StringComparison.Ordinal);
        foreach (int index in new[] { 0, 1, 2 })
        {
            Assert.Equal(subRip.Segment(index), ttml.Segment(index));
        }
    }

    /// <summary>One sample, as ffmpeg has it, or many, as packagers do; the times are the track's in both. No cue crosses nine seconds.</summary>
    [Theory]
    [InlineData(0)]
    [InlineData(9)]
    public async Task Track_OfTtml_HasTheCuesOfTheSubRipItWasMadeOf(int secondsASample)
    {
        using var subRip = new SidecarDesk(Encoding.UTF8.GetBytes(Words), "srt");
        byte[] film = await FilmAsync();
        using var desk = new Desk(secondsASample == 0 ? film : InSamples(film, secondsASample));
        TextTrack track = Assert.Single(desk.Description.Text);
        Recipe recipe = Assert.Single(desk.Ladder.Text).Recipe;

        Assert.Equal(("ttml", TextForm.Words, "ger"), (track.Codec, track.Form, track.Language));
        foreach (int index in new[] { 2, 0, 1 })
        {
            Assert.Equal(subRip.Segment(index), Encoding.UTF8.GetString(desk.Segment(recipe, index)));
        }
    }

    private static Task<byte[]> FilmAsync() => FFmpeg.WithFileAsync(Encoding.UTF8.GetBytes(Words), path => FFmpeg.MakeAsync(
        $"-f lavfi -i color=black:s=64x36:r=25:d=70 -f srt -i {path} -map 0:v -map 1:s -c:v libx264 -preset ultrafast -g 50 -c:s ttml -metadata:s:s:0 language=ger",
        "mp4"));

    /// <summary>Puts the film's one document into samples of so many seconds, each with all of it: what lies outside a sample's
    /// own time is not to be shown. The tables of the second track are written anew; the documents follow at the end.</summary>
    private static byte[] InSamples(byte[] film, int seconds)
    {
        int text = film.AsSpan().LastIndexOf("trak"u8) - 4;
        int count = (70 + seconds - 1) / seconds;
        int at = film.AsSpan().IndexOf("<?xml"u8);
        int length = film.AsSpan(at).IndexOf("</tt>"u8) + 5;
        int movie = film.AsSpan().LastIndexOf("moov"u8) - 4;
        Assert.True(movie > at, "The documents must lie before the header.");
        byte[] moov = film[movie..];
        const uint Scale = 1_000_000;
        moov = Replaced(moov, text - movie, "stts", Numbers(1, (uint)count, Scale * (uint)seconds));
        moov = Replaced(moov, text - movie, "stsz", Numbers((uint)length, (uint)count));
        moov = Replaced(moov, text - movie, "stsc", Numbers(1, 1, 1, 1));
        moov = Replaced(moov, text - movie, "stco", Numbers([(uint)count, .. Enumerable.Repeat((uint)at, count)]));
        return [.. film[..movie], .. moov];
    }

    private static byte[] Numbers(params uint[] numbers)
    {
        byte[] bytes = new byte[numbers.Length * 4];
        for (int i = 0; i < numbers.Length; i++)
        {
            BinaryPrimitives.WriteUInt32BigEndian(bytes.AsSpan(i * 4), numbers[i]);
        }

        return bytes;
    }

    /// <summary>Gives a full box within a track of a <c>moov</c> another content, and all around it another length.</summary>
    private static byte[] Replaced(byte[] moov, int track, string type, byte[] content)
    {
        int box = track + moov.AsSpan(track).IndexOf(Encoding.ASCII.GetBytes(type)) - 4;
        int size = BinaryPrimitives.ReadInt32BigEndian(moov.AsSpan(box));
        byte[] made = [.. moov[..(box + 12)], .. content, .. moov[(box + size)..]];
        int more = made.Length - moov.Length;
        foreach (string around in new[] { "moov", "trak", "mdia", "minf", "stbl", type })
        {
            int from = around is "moov" ? 0 : track;
            int place = from + made.AsSpan(from).IndexOf(Encoding.ASCII.GetBytes(around)) - 4;
            BinaryPrimitives.WriteInt32BigEndian(made.AsSpan(place), BinaryPrimitives.ReadInt32BigEndian(made.AsSpan(place)) + more);
        }

        return made;
    }

    private static string Time(int seconds, int milliseconds) =>
        string.Create(CultureInfo.InvariantCulture, $"00:{seconds / 60:D2}:{seconds % 60:D2},{milliseconds:D3}");
}
