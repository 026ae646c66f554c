using Transcode.Engine.Media;
using Transcode.Engine.Recipes;
using Transcode.Engine.Tests.Segments;
using Transcode.Engine.Verification;
using Transcode.Engine.Workers;
using Xunit;

namespace Transcode.Engine.Tests.Verification;

/// <summary>What was sold as a rendition and is not is rejected, by the check that is for it.</summary>
public sealed class CheatedRenditionTests
{
    /// <summary>Done to the film before it is encoded as the recipe says.</summary>
    [Theory]
    [InlineData("drawbox=t=fill:color=black", VerificationCheck.Motion)]
    [InlineData("hflip", VerificationCheck.Likeness)]
    [InlineData("crop=iw*0.9:ih*0.9,scale=320:180", VerificationCheck.Likeness)]
    [InlineData("scale=240:136,scale=320:180", VerificationCheck.Likeness)]
    [InlineData("drawbox=x=20:y=20:w=60:h=60:color=white@0.5:t=fill", VerificationCheck.Likeness)]
    [InlineData("scale=in_range=limited:out_range=full,setparams=range=tv", VerificationCheck.Likeness)]
    [InlineData("hue=s=0", VerificationCheck.Color)]
    [InlineData("tpad=start=1:start_mode=clone", VerificationCheck.Place)]
    [InlineData("loop=24:1:24", VerificationCheck.Motion)]
    public async Task Pictures_OfAnotherFilm_AreRejected(string filter, VerificationCheck expected)
    {
        using var inspection = new Inspection(await VerifiedFilm.MakeAsync());
        using var cheat = new Desk(await VerifiedFilm.MakeAsync(filter));
        VideoRecipe recipe = inspection.Desk.Video;
        AssertRejected(expected, inspection.Verify(recipe, cheat.Segment(recipe, Inspection.Index)));
    }

    [Theory]
    [InlineData("starved", VerificationCheck.Likeness)]
    [InlineData("small", VerificationCheck.Shape)]
    [InlineData("rich", VerificationCheck.Rate)]
    [InlineData("hevc", VerificationCheck.Codec)]
    [InlineData("matrix", VerificationCheck.Colors)]
    public async Task Recipe_OtherThanAskedFor_IsRejected(string what, VerificationCheck expected)
    {
        using var inspection = new Inspection(await VerifiedFilm.MakeAsync());
        VideoRecipe recipe = inspection.Desk.Video;
        VideoRecipe made = what switch
        {
            "starved" => recipe with { ConstantRateFactor = recipe.ConstantRateFactor + 10 },
            "small" => recipe with { Width = recipe.Width / 2, Height = recipe.Height / 2 },
            "rich" => recipe with { ConstantRateFactor = 1, MaxRateBitsPerSecond = 20_000_000, BufferBits = 20_000_000 },
            "hevc" => recipe with { Encoder = "libx265", Preset = "superfast", EncoderParameters = null },
            _ => recipe with { Matrix = "bt2020nc" },
        };
        AssertRejected(expected, inspection.Verify(recipe, made));
    }

    /// <summary>Rungs of any size and rate, sold for more than they are.</summary>
    [Theory]
    [InlineData("256x144-300k", "poor", VerificationCheck.Likeness)]
    [InlineData("256x144-300k", "small", VerificationCheck.Shape)]
    [InlineData("256x144-300k", "rich", VerificationCheck.Rate)]
    [InlineData("256x144-200k-hevc", "poor", VerificationCheck.Likeness)]
    [InlineData("256x144-200k-hevc", "small", VerificationCheck.Shape)]
    [InlineData("256x144-200k-av1", "small", VerificationCheck.Shape)]
    public async Task WishedRung_OtherThanAskedFor_IsRejected(string name, string what, VerificationCheck expected)
    {
        using var inspection = new Inspection(await VerifiedFilm.MakeAsync(), Offer.All);
        var recipe = (VideoRecipe)inspection.Desk.Ladder.Wish(name)!.Recipe;
        VideoRecipe made = what switch
        {
            "poor" => recipe with { MaxRateBitsPerSecond = recipe.MaxRateBitsPerSecond / 4, BufferBits = recipe.BufferBits / 4 },
            "small" => recipe with { Width = recipe.Width / 2, Height = recipe.Height / 2 },
            _ => recipe with { ConstantRateFactor = 1, MaxRateBitsPerSecond = 20_000_000, BufferBits = 20_000_000 },
        };
        AssertRejected(expected, inspection.Verify(recipe, made));
    }

    [Theory]
    [InlineData("256x144-300k")]
    [InlineData("256x144-200k-hevc")]
    [InlineData("256x144-200k-av1")]
    public async Task WishedRung_Upscaled_IsRejected(string name)
    {
        using var inspection = new Inspection(await VerifiedFilm.MakeAsync(), Offer.All);
        using var cheat = new Desk(await VerifiedFilm.MakeAsync("scale=iw/4:-1,scale=320:180"), offer: Offer.All);
        var recipe = (VideoRecipe)inspection.Desk.Ladder.Wish(name)!.Recipe;
        AssertRejected(VerificationCheck.Motion, inspection.Verify(recipe, cheat.Segment(recipe, Inspection.Index)));
    }

    [Fact]
    public async Task Bytes_OtherThanCommittedTo_AreRejected()
    {
        using var inspection = new Inspection(await VerifiedFilm.MakeAsync());
        VideoRecipe recipe = inspection.Desk.Video;
        byte[] media = inspection.Desk.Segment(recipe, Inspection.Index);
        RenditionClaim claim = new(inspection.Desk.Description, recipe, Inspection.Index, inspection.Engine, new string('0', 64));
        AssertRejected(VerificationCheck.Commitment, inspection.Verify(claim, media));
    }

    [Fact]
    public async Task Pictures_OneTooFewOrMany_AreRejected()
    {
        using var inspection = new Inspection(await VerifiedFilm.MakeAsync());
        VideoRecipe recipe = inspection.Desk.Video;
        SourceDescription source = inspection.Desk.Description;
        Grid grid = source.Grid;
        byte[] fewer = inspection.Desk.Execute(new SegmentOrder(source with { Grid = grid with { FrameCount = grid.FirstFrame(2) - 1 } }, recipe, 1));
        AssertRejected(VerificationCheck.FrameCount, inspection.Verify(recipe, fewer));
        byte[] more = inspection.Desk.Execute(new SegmentOrder(source with { Grid = grid with { SegmentFrames = grid.SegmentFrames + 1 } }, recipe, 0));
        AssertRejected(VerificationCheck.FrameCount, inspection.Verify(recipe, more, index: 0));
    }

    [Fact]
    public async Task Segment_OfAnotherPlace_IsRejected()
    {
        using var inspection = new Inspection(await VerifiedFilm.MakeAsync());
        VideoRecipe recipe = inspection.Desk.Video;
        AssertRejected(VerificationCheck.Times, inspection.Verify(recipe, inspection.Desk.Segment(recipe, 2)));
    }

    private static void AssertRejected(VerificationCheck check, Verdict verdict)
    {
        Assert.True(verdict.Kind == VerdictKind.Rejected, $"{verdict.Kind}: {verdict.Reason} {string.Join(' ', verdict.Frames)}");
        Assert.True(verdict.Check == check, $"{verdict.Check}: {verdict.Reason} {string.Join(' ', verdict.Frames)}");
    }
}
