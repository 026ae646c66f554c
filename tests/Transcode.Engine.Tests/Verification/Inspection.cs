using System.Security.Cryptography;
using Transcode.Engine.Recipes;
using Transcode.Engine.Segments;
using Transcode.Engine.Tests.Media;
using Transcode.Engine.Tests.Segments;
using Transcode.Engine.Tuning.Stages;
using Transcode.Engine.Verification;
using Transcode.Engine.Workers;
using Xunit;

namespace Transcode.Engine.Tests.Verification;

/// <summary>A film, and somebody who verifies what others say they made of it.</summary>
internal sealed class Inspection : IDisposable
{
    /// <summary>What the claim is about.</summary>
    public const int Index = 1;

    private readonly byte[] film;
    private readonly Workbench bench = new();

    public Inspection(byte[] film, Offer? offer = null)
    {
        this.film = film;
        Desk = new(film, bench, offer);
    }

    public Desk Desk { get; }

    public string Engine => bench.Identity.ToString();

    /// <summary>Verifies a segment of one recipe that is said to be of another.</summary>
    /// <param name="recipe">What was asked for.</param>
    /// <param name="made">What was made.</param>
    /// <param name="source">The source as it is verified by; by default the film.</param>
    public Verdict Verify(VideoRecipe recipe, VideoRecipe made, FileReader? source = null) =>
        Verify(recipe, Desk.Segment(made, Index), Desk.Init(made), source: source);

    /// <summary>Verifies a segment that is said to be of a recipe.</summary>
    /// <param name="recipe">What was asked for.</param>
    /// <param name="media">What came.</param>
    /// <param name="init">Its header; the recipe's own where it is not given.</param>
    /// <param name="engine">Who is said to have made it.</param>
    /// <param name="source">The source; by default the film.</param>
    /// <param name="index">Of the segment.</param>
    public Verdict Verify(VideoRecipe recipe, byte[] media, byte[]? init = null, string engine = "another", FileReader? source = null, int index = Index) =>
        Verify(new(Desk.Description, recipe, index, engine, Convert.ToHexStringLower(SHA256.HashData(media))), media, init, source);

    /// <summary>The same of any claim.</summary>
    public Verdict Verify(RenditionClaim claim, byte[] media, byte[]? init = null, FileReader? source = null) =>
        new SegmentVerifier(bench.Identity, PictureDevice.None).Verify(
            claim,
            source ?? new FileReader(film),
            new FileReader(init ?? Desk.Init(claim.Recipe)),
            new FileReader(media),
            Challenge.Draw(new byte[Challenge.SeedBytes], Math.Max(1, Desk.Grid.FramesIn(claim.Index)), Challenge.UsualFrames),
            TestContext.Current.CancellationToken);

    public void Dispose()
    {
        Desk.Dispose();
        bench.Dispose();
    }
}
