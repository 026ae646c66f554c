using System.Text;
using Transcode.Engine.Recipes;
using Transcode.Engine.Segments;
using Transcode.Engine.Segments.Captions;
using Transcode.Engine.Segments.Sidecars;
using Transcode.Engine.Workers;

namespace Appliance.Fuzz.Targets;

/// <summary>Words that are shown with films.</summary>
internal static class TextTargets
{
    private const string Srt = "1\r\n00:00:01,000 --> 00:00:03,500\r\n<i>Hello</i> {\\an8}there\r\n\r\n2\r\n00:00:04,000 --> 01:02:05,006\r\n- Who?\r\n- <font color=\"#ff0000\">We & you</font>.\r\n\r\n";

    private const string Ass =
        "[Script Info]\nScriptType: v4.00+\n\n[V4+ Styles]\nFormat: Name, Fontname, Fontsize, Bold\nStyle: Default,Arial,20,-1\n\n[Events]\nFormat: Layer, Start, End, Style, Name, MarginL, MarginR, MarginV, Effect, Text\n"
        + "Dialogue: 0,0:00:01.00,0:00:03.00,Default,,0,0,0,,{\\i1}Hello{\\i0}\\Nthere{\\p1}m 0 0 l 10 10{\\p0}\nDialogue: 0,0:00:04.00,0:00:05.00,Default,,0,0,0,,{\\b700\\an8}So, then\n";

    private const string Vtt = "WEBVTT\nKind: captions\n\nSTYLE\n::cue { color: red }\n\nNOTE a\n\nid\n00:01.000 --> 00:03.500 line:0 position:50% align:start\n<v Ann><b>Hello</b> &amp; <00:02.000>you\n\n01:00:04.000 --> 01:00:05.000\nSo.\n";

    private const string Ttml =
        """
        <?xml version="1.0" encoding="UTF-8"?>
        <tt xmlns="http://www.w3.org/ns/ttml" xmlns:tts="http://www.w3.org/ns/ttml#styling" xmlns:ttp="http://www.w3.org/ns/ttml#parameter" ttp:frameRate="25" ttp:tickRate="10000000" xml:lang="en">
        <head><styling><style xml:id="s1" tts:fontStyle="italic"/><style xml:id="s2" style="s1" tts:fontWeight="bold"/></styling><layout><region xml:id="r1" tts:origin="10% 5%" tts:extent="80% 20%" tts:displayAlign="before"/></layout></head>
        <body><div region="r1" begin="1s"><p begin="00:00:01.500" end="00:00:03:12" style="s2">Hello<br/><span tts:fontStyle="normal" begin="0.5s">there</span></p>
        <p begin="40000000t" dur="2s" xml:space="preserve">  So &amp; so </p></div><div timeContainer="seq"><p dur="1s">One</p><p dur="1000ms">Two</p></div></body></tt>
        """;

    private static readonly byte[][] Words = Bytes.Of(
        "-->", "00:00:00,000 --> 99:59:59,999", "<i>", "</i>", "<b>", "{\\i1}", "{\\p1}", "{\\an8}", "{", "}", "\\N", "\\h", "Dialogue: ", "Format: ", "[Events]", "WEBVTT", "NOTE", "&lt;", "<c.a.b>", "<00:00:01.000>", "\r\n\r\n");

    private static readonly byte[][] TtmlWords = Bytes.Of(
        "begin=\"", "end=\"99999999999999999999s\"", "dur=\"-1s\"", "begin=\"1e400s\"", "ttp:frameRate=\"0\"", "ttp:tickRate=\"0\"", "ttp:frameRateMultiplier=\"0 0\"", "timeContainer=\"seq\"", "<span>", "</span>", "<p>", "</p>",
        "<div>", "</div>", "<br/>", "style=\"s2 s1 s2\"", "region=\"r1\"", "tts:origin=\"NaN% 5%\"", "xml:space=\"preserve\"", "<!DOCTYPE tt [<!ENTITY a \"aaaaaaaaaa\"><!ENTITY b \"&a;&a;&a;&a;\">]>", "&b;",
        "<!DOCTYPE tt SYSTEM \"file:///etc/passwd\">", "&#0;", "<?xml version=\"1.0\" encoding=\"UTF-16\"?>", "<![CDATA[", "]]>");

    public static IEnumerable<FuzzTarget> Of()
    {
        yield return Sidecar("srt", Srt, Words);
        yield return Sidecar("ass", Ass, Words);
        yield return Sidecar("webvtt", Vtt, Words);
        yield return Sidecar("ttml", Ttml, TtmlWords) with { IsNative = false, Share = 0.3 };
        yield return new("subtitle-charset", [Bytes.Of(Srt), Encoding.Unicode.GetPreamble().Concat(Encoding.Unicode.GetBytes(Srt)).ToArray(), Encoding.Latin1.GetBytes("Grüße\n")], ReadCharset) { Words = Words };
        yield return new("ass-header", [Bytes.Of(Ass[..Ass.IndexOf("Dialogue", StringComparison.Ordinal)])], bytes => AssHeader.FieldsBeforeText(bytes) is >= 0 and var fields ? $"{Math.Min(fields, 20)}" : throw new FindingException("Fewer fields than none."))
        {
            Words = Words,
        };
        yield return new("ass-event", Bytes.Of("0,0,Default,,0,0,0,,{\\i1}Hello{\\i0}\\Nthere{\\p1}m 0 0 l 10 10{\\p0} end", "1,0,Default,,0,0,0,,{\\b700}<b>&{\\unknown(1,2)}"), ReadEvent) { Words = Words };
        yield return Captions("mpeg2video", [], [0, 0, 1, 0xB2, .. "GA94"u8, 3, 0x43, 0xFF, 0xFC, 0x94, 0x20, 0xFD, 0x80, 0x80, 0xFF, 0, 0, 0, 1, 0, 1, 2, 3]);
        yield return Captions("h264", [1, 100, 0, 31, 0xFF], [0, 0, 0, 24, 6, 4, 20, 0xB5, 0, 0x31, .. "GA94"u8, 3, 0x43, 0xFF, 0xFC, 0x94, 0x20, 0xFD, 0x80, 0x80, 0xFF, 0x80, 0, 0, 0, 2, 0x65, 1]);
        yield return Captions("hevc", [], [0, 0, 1, 78, 1, 4, 20, 0xB5, 0, 0x31, .. "GA94"u8, 3, 0x43, 0xFF, 0xFC, 0x94, 0x20, 0xFD, 0x80, 0x80, 0xFF, 0x80]);
    }

    private static FuzzTarget Sidecar(string format, string right, byte[][] words) => new($"subtitles-{format}", [Bytes.Of(right)], bytes => ReadSidecar(format, bytes))
    {
        Refusals = [typeof(TranscodeException)],
        Words = words,
        Share = 0.1,
        IsNative = true,
    };

    private static FuzzTarget Captions(string codec, byte[] extradata, byte[] picture) => new($"captions-{codec}", [picture], bytes =>
    {
        List<byte> triplets = [];
        CaptionUnits.Of(codec, extradata)!.Read(bytes, triplets);
        FindingException.Unless(triplets.Count % 3 == 0 && triplets.Count <= bytes.Length, $"{triplets.Count} bytes of captions came out of {bytes.Length}.");
        return triplets.Count > 0 ? $"{Math.Min(triplets.Count / 3, 40)} triplets" : null;
    })
    {
        Words = [[0, 0, 1], [0, 0, 1, 0xB2], [0, 0, 3], [0xB5, 0, 0x31], Bytes.Of("GA94"), [0xFF, 0xFF]],
        LongestInput = 4096,
    };

    private static string? ReadSidecar(string format, byte[] bytes)
    {
        var reader = new SidecarReader(new MemoryByteReader(bytes), new(new string('a', 64), format));
        int found = 0;
        foreach ((long start, long end) in new[] { (0L, 30_000L), (3_600_000, 3_630_000), (long.MaxValue / 4000, (long.MaxValue / 4000) + 1000) })
        {
            IReadOnlyList<Cue> cues = reader.Read(start, end, CancellationToken.None);
            FindingException.Unless(cues.All(cue => cue.EndMilliseconds > cue.StartMilliseconds && cue.Text.Length <= 1 << 16), "A cue ends before it begins, or has no end.");
            byte[] written = WebVtt.Segment(cues, 1 << 20);
            FindingException.Unless(written.Length <= (1 << 20) && !Bytes.Utf8(written).Contains('\0', StringComparison.Ordinal) && CuesIn(written) <= cues.Count, "The written segment has other cues, or is too long.");
            found += cues.Count;
        }

        return found > 0 ? $"{Math.Min(found, 12)} cues" : null;
    }

    /// <summary>A text within a cue that looks like another cue's times would make one.</summary>
    private static int CuesIn(byte[] segment) => Bytes.Utf8(segment).Split("\n\n").Count(block => block.Split('\n').Take(2).Any(line => line.Contains("-->", StringComparison.Ordinal)));

    private static string? ReadCharset(byte[] bytes)
    {
        byte[] text = SidecarCharset.ToUtf8(bytes);
        FindingException.Unless(Bytes.Of(Bytes.Utf8(text)).AsSpan().SequenceEqual(text), "It is no UTF-8.");
        return ReferenceEquals(text, bytes) ? "as it is" : "changed";
    }

    private static string? ReadEvent(byte[] bytes)
    {
        string text = CueText.OfEvent(Bytes.Utf8(bytes));
        FindingException.Unless(!text.Contains("-->", StringComparison.Ordinal) && !text.Contains("\n\n", StringComparison.Ordinal), $"A cue would end early: {text}");
        return text.Length > 0 ? $"{text.Contains("<i>", StringComparison.Ordinal)} {text.Contains("<b>", StringComparison.Ordinal)} {text.Contains('\n', StringComparison.Ordinal)}" : null;
    }
}
