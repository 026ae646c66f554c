using System.Text;
using Transcode.Engine.Segments.Ttml;
using Transcode.Engine.Tests.Media;
using Transcode.Engine.Workers;
using Xunit;

namespace Transcode.Engine.Tests.Segments.Ttml;

/// <summary>What TTML documents show, by the rules of TTML1.</summary>
public sealed class TtmlDocumentTests
{
    private const string Namespaces =
        "xmlns='http://www.w3.org/ns/ttml' xmlns:ttp='http://www.w3.org/ns/ttml#parameter' xmlns:tts='http://www.w3.org/ns/ttml#styling'";

    private static readonly TtmlSpan Always = new(0, long.MaxValue);

    /// <summary>10.3.1, and annex N for SMPTE time codes; expected by hand.</summary>
    [Theory]
    [InlineData("", "00:00:01.5", 1_500_000)]
    [InlineData("", "01:00:00", 3600_000_000)]
    [InlineData("", "00:00:01:15", 1_500_000)]
    [InlineData("ttp:frameRate='25'", "00:00:01:05", 1_200_000)]
    [InlineData("ttp:frameRate='24' ttp:frameRateMultiplier='1000 1001'", "00:00:01:12", 1_500_500)]
    [InlineData("ttp:frameRate='24' ttp:frameRateMultiplier='1000:1001'", "48f", 2_002_000)]
    [InlineData("ttp:subFrameRate='2' ttp:frameRate='25'", "00:00:00:10.1", 420_000)]
    [InlineData("ttp:timeBase='smpte' ttp:frameRate='30' ttp:frameRateMultiplier='1000 1001'", "01:00:00:00", 3603_600_000)]
    [InlineData("ttp:timeBase='smpte' ttp:frameRate='30' ttp:frameRateMultiplier='1000 1001' ttp:dropMode='dropNTSC'", "01:00:00:00", 3599_996_400)]
    [InlineData("", "1.5h", 5400_000_000)]
    [InlineData("", "2m", 120_000_000)]
    [InlineData("", "1.25s", 1_250_000)]
    [InlineData("", "40ms", 40_000)]
    [InlineData("ttp:tickRate='10000000'", "12345678t", 1_234_568)]
    [InlineData("ttp:frameRate='50'", "100t", 2_000_000)]
    [InlineData("", "3t", 3_000_000)]
    public void Time_AnyExpression_IsWhatItSays(string parameters, string time, long microseconds) =>
        Assert.Equal(microseconds, Assert.Single(Read($"<p begin='{time}'>a</p>", parameters)).Span.Begin);

    [Theory]
    [InlineData("1")]
    [InlineData("1:00")]
    [InlineData("-1s")]
    [InlineData("99999999999999999999999h")]
    [InlineData("9999999999999999999999999999999999999999s")]
    [InlineData("wallclock(2026-01-01)")]
    public void Time_NoExpression_IsNone(string time) => Assert.Equal(Always, Assert.Single(Read($"<p begin='{time}'>a</p>")).Span);

    [Theory]
    [InlineData("<div begin='10s'><p begin='1s' end='2s'>a</p><p begin='2s' dur='3s'>b</p></div>", "11-12:a 12-15:b")]
    [InlineData("<div begin='10s' end='13s'><p begin='1s' dur='9s'>a</p></div>", "11-13:a")]
    [InlineData("<div begin='10s' timeContainer='seq'><p begin='1s' dur='2s'>a</p><p dur='3s'>b</p><p begin='1s' end='2s'>c</p></div>", "11-13:a 13-16:b 17-18:c")]
    [InlineData("<p begin='1s' end='5s' dur='2s'>a</p>", "1-3:a")]
    [InlineData("<p end='9s'>a<span begin='2s' end='4s'> b</span></p>", "0-2:a 2-4:a b 4-9:a")]
    [InlineData("<p begin='1s' end='9s' timeContainer='seq'>lost<span dur='2s'>a</span> <span dur='2s'>b</span></p>", "1-3:a 3-5:b")]
    [InlineData("<p begin='5s' end='5s'>a</p><p begin='6s' end='5s'>b</p>", "")]
    public void Times_NestedInAnyWay_AreThoseOfWhatIsAround(string content, string expected) =>
        Assert.Equal(expected, string.Join(' ', Read(content).Select(cue => $"{cue.Span.Begin / 1_000_000}-{cue.Span.End / 1_000_000}:{cue.Text}")));

    [Theory]
    [InlineData("<p tts:fontStyle='italic'>a <span tts:fontStyle='normal' tts:fontWeight='bold'>b</span></p>", "<i>a</i><b> b</b>")]
    [InlineData("<p style='leaning'>a</p>", "<i>a</i>")]
    [InlineData("<p style='heavyleaning'>a<span style='upright'>b</span></p>", "<i><b>a</b></i><b>b</b>")]
    [InlineData("<p style='round'>a</p>", "a")]
    [InlineData("<p><span tts:display='none'>a</span>b<span tts:visibility='hidden'>c</span></p>", "b")]
    [InlineData("<p>  a \n  b<br/>\n  c <span> d</span></p>", "a b\nc d")]
    [InlineData("<p xml:space='preserve'>a  b\nc</p>", "a  b\nc")]
    [InlineData("<p>a &lt; b &amp; c<br/><br/>d</p>", "a &lt; b &amp; c\nd")]
    [InlineData("<p><metadata xmlns='http://www.w3.org/ns/ttml#metadata'>x</metadata>a<set tts:color='red'/></p>", "a")]
    public void Words_AnyStyle_HaveWhatWebVttCanSay(string content, string expected)
    {
        const string Head =
            "<head><styling><style xml:id='leaning' tts:fontStyle='oblique'/><style xml:id='heavy' tts:fontWeight='bold'/>"
            + "<style xml:id='heavyleaning' style='leaning heavy'/><style xml:id='upright' tts:fontStyle='normal'/>"
            + "<style xml:id='round' style='trip'/><style xml:id='trip' style='round'/></styling></head>";
        Assert.Equal(expected, Assert.Single(Read(content, head: Head)).Text);
    }

    [Theory]
    [InlineData("tts:origin='10% 10%' tts:extent='80% 15%'", true)]
    [InlineData("tts:origin='10% 80%' tts:extent='80% 15%'", false)]
    [InlineData("tts:origin='0% 0%' tts:extent='100% 95%' tts:displayAlign='after'", false)]
    [InlineData("tts:displayAlign='before'", true)]
    [InlineData("tts:origin='3c 1c'", false)]
    [InlineData("", false)]
    public void Region_AtTheTop_IsSaid(string attributes, bool isAtTop) => Assert.Equal(
        isAtTop,
        Assert.Single(Read("<p region='r'>a</p>", head: $"<head><layout><region xml:id='r' {attributes}/></layout></head>")).IsAtTop);

    [Theory]
    [InlineData("ttml_frame_rate.xml", "1.0-1.0:text 1|1001.0-2002.0:text 2")]
    [InlineData("ttml_chain_multiple_styles.xml", "10.0-18.0:<i><b>text 1</b></i>|20.0-28.0:<i><b>text 2</b></i>")]
    [InlineData("ttml_font_size_invalid.xml", "10.0-18.0:invalid|20.0-28.0:invalid|30.0-38.0:invalid dot")]
    public async Task Clips_OfOthers_AreRead(string clip, string expected)
    {
        byte[] file = await File.ReadAllBytesAsync(SharedMedia.Require("subtitles/" + clip), TestContext.Current.CancellationToken);

        Assert.Equal(expected, string.Join('|', TtmlDocument.Read(file, Always, 10)
            .Select(cue => FormattableString.Invariant($"{cue.Span.Begin / 1e6:F1}-{cue.Span.End / 1e6:F1}:{cue.Text}"))));
    }

    /// <summary>Entities could make much of little, and a DTD fetch what lies elsewhere.</summary>
    [Theory]
    [InlineData("<!DOCTYPE tt [<!ENTITY a 'aaaa'>]><tt xmlns='http://www.w3.org/ns/ttml'><body><div><p>&a;</p></div></body></tt>")]
    [InlineData("<!DOCTYPE tt SYSTEM 'file:///etc/hostname'><tt xmlns='http://www.w3.org/ns/ttml'/>")]
    [InlineData("<html/>")]
    [InlineData("<tt xmlns='http://www.w3.org/ns/ttml'><body>")]
    [InlineData("1\n00:00:01,000 --> 00:00:02,000\nwords\n")]
    [InlineData("")]
    public void Document_OfAnotherKind_IsRefused(string text) => Assert.Equal(
        FailureCause.NotMedia,
        Assert.Throws<TranscodeException>(() => TtmlDocument.Read(Encoding.UTF8.GetBytes(text), Always, 10)).Failure.Cause);

    [Fact]
    public void Document_Deep_IsFollowedSoFarOnly()
    {
        string deep = string.Concat(Enumerable.Repeat("<div>", 20_000)) + "<p>a</p>" + string.Concat(Enumerable.Repeat("</div>", 20_000));

        Assert.Empty(Read(deep));
        Assert.Equal("a", Assert.Single(Read($"<p>a{string.Concat(Enumerable.Repeat("<span>", 20_000))}b{string.Concat(Enumerable.Repeat("</span>", 20_000))}</p>")).Text);
    }

    /// <summary>Whatever the bytes are: cues that make sense, or a refusal.</summary>
    [Fact]
    public void Document_DamagedAnyhow_IsReadOrRefused()
    {
        byte[] whole = Encoding.UTF8.GetBytes(Whole(
            "<div timeContainer='seq' begin='1s'><p begin='00:00:01:10' dur='50t' style='a b' region='r'>Some <span begin='.5s' end='1s'>words</span><br/>more</p><p dur='2s'>x</p></div>",
            "ttp:frameRate='24' ttp:frameRateMultiplier='1000 1001' ttp:tickRate='10'",
            "<head><styling><style xml:id='a' style='b' tts:fontStyle='italic'/><style xml:id='b' style='a'/></styling><layout><region xml:id='r' tts:origin='1% 2%'/></layout></head>"));
        var random = new Random(608);
        int read = 0;
        for (int i = 0; i < 3000; i++)
        {
            byte[] damaged = [.. whole];
            for (int change = random.Next(1, 4); change > 0; change--)
            {
                int at = random.Next(damaged.Length);
                damaged = random.Next(3) switch
                {
                    0 => [.. damaged[..at], (byte)random.Next(256), .. damaged[(at + 1)..]],
                    1 => [.. damaged[..at], .. damaged[random.Next(at, damaged.Length)..]],
                    _ => [.. damaged[..at], (byte)"0123456789<>/'\" :.%stf-"[random.Next(23)], .. damaged[(at + 1)..]],
                };
            }

            try
            {
                foreach ((TtmlSpan span, string text, _) in TtmlDocument.Read(damaged, Always, 100))
                {
                    Assert.True(span.Begin >= 0 && span.End > span.Begin && text.Length > 0);
                    Assert.DoesNotContain("\n\n", text, StringComparison.Ordinal);
                    Assert.DoesNotContain("-->", text, StringComparison.Ordinal);
                    read++;
                }
            }
            catch (TranscodeException exception)
            {
                Assert.Equal(FailureCause.NotMedia, exception.Failure.Cause);
            }
        }

        Assert.True(read > 300, $"{read} cues");
    }

    private static IReadOnlyList<(TtmlSpan Span, string Text, bool IsAtTop)> Read(string content, string parameters = "", string head = "") =>
        TtmlDocument.Read(Encoding.UTF8.GetBytes(Whole($"<div>{content}</div>", parameters, head)), Always, 100);

    private static string Whole(string content, string parameters, string head) => $"<tt {Namespaces} {parameters}>{head}<body>{content}</body></tt>";
}
