using Transcode.Engine.Segments;
using Xunit;

namespace Transcode.Engine.Tests.Segments;

/// <summary>From ASS events to WebVTT cue text.</summary>
public sealed class CueTextTests
{
    [Theory]
    [InlineData(@"Plain words", "Plain words")]
    [InlineData(@"Two\Nlines", "Two\nlines")]
    [InlineData(@"A soft\nbreak", "A soft break")]
    [InlineData(@"Wide\hgap", "Wide\u00A0gap")]
    [InlineData(@"{\i1}slanted{\i0} straight", "<i>slanted</i> straight")]
    [InlineData(@"{\b1}a{\i1}b{\b0}c{\i0}d", "<b>a<i>b</i></b><i>c</i>d")]
    [InlineData(@"{\b700}heavy{\b400} light", "<b>heavy</b> light")]
    [InlineData(@"{\i1\b1}both{\r} none", "<i><b>both</b></i> none")]
    [InlineData(@"{\an8\pos(10,20)\c&H00FF00&\fnArial\blur2}placed", "placed")]
    [InlineData(@"{\i1}left open", "<i>left open</i>")]
    [InlineData(@"{\p1}m 0 0 l 100 100{\p0}after", "after")]
    [InlineData(@"{a comment}said", "said")]
    [InlineData(@"a < b & c > d --> e", "a &lt; b &amp; c &gt; d --&gt; e")]
    [InlineData(@"<script>alert(1)</script>", "&lt;script&gt;alert(1)&lt;/script&gt;")]
    [InlineData(@"\{braces\} and \\ slash", @"{braces} and \ slash")]
    [InlineData(@"\N\N  first\N \N\Nsecond \N", "first\nsecond")]
    [InlineData(@"{never closed", "{never closed")]
    [InlineData("ctrl\u0001\u0000\rl", "ctrll")]
    [InlineData(@"{\i1}  {\i0}", "")]
    [InlineData(@"", "")]
    public void Ass_Text_BecomesCueText(string ass, string cue) => Assert.Equal(cue, CueText.OfAss(ass));

    [Theory]
    [InlineData("0,0,Default,,0,0,0,,Hello, you", "Hello, you")]
    [InlineData("12,0,Sign,Some one,10,20,30,Scroll up;10,{\\b1}Hi", "<b>Hi</b>")]
    [InlineData("0,0,Default,,0,0", "")]
    public void Event_Fields_AreSkipped(string dialogue, string cue) => Assert.Equal(cue, CueText.OfEvent(dialogue));

    [Fact]
    public void Text_Endless_IsCutAtWholeCharacters()
    {
        string cue = CueText.OfAss("x" + string.Concat(Enumerable.Repeat("\U0001F600", CueMarkup.MaxCharacters)));

        Assert.Equal(CueMarkup.MaxCharacters - 1, cue.Length);
        Assert.False(char.IsHighSurrogate(cue[^1]));
    }

    /// <summary>Overrides alone are as long as the packet is, and nested as deep as they like.</summary>
    [Fact]
    public void Text_OfOverridesOnly_IsEmpty() =>
        Assert.Equal("", CueText.OfAss(string.Concat(Enumerable.Repeat(@"{\i1}{\b1}{\i0}\N", 10_000))));
}
