using System.Globalization;
using System.Text;
using Transcode.Engine.Media;
using Transcode.Engine.Recipes;
using Transcode.Engine.Tests.Media;
using Transcode.Engine.Workers;
using Transcode.Engine.Segments.Sidecars;
using Xunit;

namespace Transcode.Engine.Tests.Segments.Sidecars;

/// <summary>Files of subtitles beside a source become segments of WebVTT.</summary>
public sealed class SidecarTests
{
    private const string Words =
        """
        1
        00:00:01,000 --> 00:00:02,500
        First <i>words</i>

        2
        00:00:03,000 --> 00:01:08,000
        Very long

        3
        00:00:31,000 --> 00:00:34,000
        Across & over
        two lines

        """;

    [Theory]
    [InlineData("srt")]
    [InlineData("webvtt")]
    [InlineData("ass")]
    public async Task File_AnyFormat_IsTheSameCues(string format)
    {
        byte[] file = await FFmpeg.RunAsync($"-f srt -i pipe:0 -f {format} pipe:1", Encoding.UTF8.GetBytes(Words));
        using var desk = new SidecarDesk(file, format);

        // However long ago a cue began, it is there as long as it is shown.
        const string Long = "\n00:00:03.000 --> 00:01:08.000\nVery long\n";
        Assert.Equal(SidecarDesk.Head + "\n00:00:01.000 --> 00:00:02.500\nFirst <i>words</i>\n" + Long, desk.Segment(0));
        Assert.Equal(SidecarDesk.Head + Long + "\n00:00:31.000 --> 00:00:34.000\nAcross &amp; over\ntwo lines\n", desk.Segment(1));
        Assert.Equal(SidecarDesk.Head + Long, desk.Segment(2));
    }

    /// <summary>A mark is believed; without one, valid UTF-8 is, and the rest is Windows-1252.</summary>
    [Theory]
    [InlineData("utf-8", true)]
    [InlineData("utf-8", false)]
    [InlineData("utf-16", true)]
    [InlineData("utf-16BE", true)]
    [InlineData("windows-1252", false)]
    public void File_AnyCharset_IsReadAsWritten(string charset, bool mark)
    {
        Encoding encoding = CodePagesEncodingProvider.Instance.GetEncoding(charset) ?? Encoding.GetEncoding(charset);
        byte[] words = encoding.GetBytes("1\r\n00:00:01,000 --> 00:00:02,000\r\n„Gänse“ – 5 €\r\n");
        using var desk = new SidecarDesk([.. mark ? encoding.GetPreamble() : [], .. words], "srt");

        Assert.Equal(SidecarDesk.Head + "\n00:00:01.000 --> 00:00:02.000\n„Gänse“ – 5 €\n", desk.Segment(0));
    }

    /// <summary>The witness is .NET's own table of the code page.</summary>
    [Fact]
    public void File_OfEveryOctet_IsReadAsWindows1252()
    {
        byte[] file = [.. Enumerable.Range(0, 256).Select(octet => (byte)octet)];

        Assert.Equal(CodePagesEncodingProvider.Instance.GetEncoding(1252)!.GetString(file), Encoding.UTF8.GetString(SidecarCharset.ToUtf8(file)));
    }

    /// <summary>The witness is ffmpeg, with the same format told.</summary>
    [Theory]
    [InlineData("subrip_typical.srt", "srt")]
    [InlineData("subrip_typical_with_byte_order_mark.srt", "srt")]
    [InlineData("subrip_typical_with_tags.srt", "srt")]
    [InlineData("subrip_typical_unexpected_end.srt", "srt")]
    [InlineData("webvtt_typical_with_comments.vtt", "webvtt")]
    [InlineData("webvtt_with_bom.vtt", "webvtt")]
    [InlineData("webvtt_with_positioning.vtt", "webvtt")]
    public async Task File_OfClips_HasTheCuesFfmpegSees(string clip, string format)
    {
        byte[] file = await File.ReadAllBytesAsync(SharedMedia.Require("subtitles/" + clip), TestContext.Current.CancellationToken);
        using var desk = new SidecarDesk(file, format);
        string theirs = Encoding.UTF8.GetString(await FFmpeg.RunAsync($"-f {format} -i pipe:0 -f webvtt pipe:1", file));

        Assert.NotEmpty(Starts(desk.Segment(0)));
        Assert.Equal(Starts(theirs), Starts(desk.Segment(0)));
    }

    /// <summary>Events may have fewer fields than usual: the head says which.</summary>
    [Theory]
    [InlineData("ssa_typical.ass")]
    [InlineData("ssa_typical_utf16le.ass")]
    public async Task File_OfFewerFields_HasItsWords(string clip)
    {
        byte[] file = await File.ReadAllBytesAsync(SharedMedia.Require("subtitles/" + clip), TestContext.Current.CancellationToken);
        using var desk = new SidecarDesk(file, "ass");

        Assert.Contains("\n00:00:00.000 --> 00:00:01.230\nThis is the first subtitle.\n", desk.Segment(0), StringComparison.Ordinal);
        Assert.Contains("\n00:00:02.340 --> 00:00:03.450\nThis is the second subtitle  with a newline \nand another.\n", desk.Segment(0), StringComparison.Ordinal);
    }

    [Fact]
    public void File_TooLarge_IsRefused()
    {
        using var desk = new SidecarDesk(new byte[SidecarText.MaxBytes + 1], "srt");

        Assert.Equal(FailureCause.NotMedia, Assert.Throws<TranscodeException>(() => desk.Segment(0)).Failure.Cause);
    }

    /// <summary>What is no subtitles is none, whatever it calls itself; it is not taken for a playlist, either.</summary>
    [Theory]
    [InlineData("ffconcat version 1.0\nfile /etc/hostname\n", "srt")]
    [InlineData("#EXTM3U\n#EXTINF:1,\nfile:///etc/hostname\n", "webvtt")]
    public void File_OfSomethingElse_HasNoCues(string content, string format)
    {
        using var desk = new SidecarDesk(Encoding.UTF8.GetBytes(content), format);

        Assert.Equal(SidecarDesk.Head, desk.Segment(0));
    }

    /// <summary>Its bytes are part of what it is made from: the recipe names them, and nothing else of the ladder changes.</summary>
    [Fact]
    public void Recipe_OfAFile_NamesItsBytes()
    {
        using var one = new SidecarDesk(Encoding.UTF8.GetBytes(Words), "srt");
        using var other = new SidecarDesk(Encoding.UTF8.GetBytes(Words + "\n"), "srt");

        Assert.NotEqual(one.Rendition.Recipe.Id, other.Rendition.Recipe.Id);
        Assert.NotEqual(one.Rendition.Name, other.Rendition.Name);
        Assert.Contains("\"sidecar\":{\"fingerprint\":\"", Encoding.UTF8.GetString(one.Rendition.Recipe.CanonicalJson()), StringComparison.Ordinal);
    }

    /// <summary>Of the first hour.</summary>
    private static string[] Starts(string webVtt) => [.. webVtt.Split('\n').Where(line => line.Contains("-->", StringComparison.Ordinal) && !line.StartsWith("02:00:", StringComparison.Ordinal))
        .Select(line => line.Split(" --> ")[0]).Select(time => time.Length > 9 ? time[^9..] : time)];
}
