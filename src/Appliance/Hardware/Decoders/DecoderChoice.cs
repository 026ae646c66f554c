using Transcode.Engine.Hardware;

namespace Appliance.Hardware.Decoders;

/// <summary>Which devices' decoders a ladder's films are decoded by, and why.</summary>
/// <param name="Paths">One of each codec and depth at most; empty where software decodes.</param>
/// <param name="Why">In a sentence.</param>
internal sealed record DecoderChoice(IReadOnlyList<CodingPath> Paths, string Why)
{
    public static DecoderChoice Software { get; } = new([], "Films are decoded in software, as --decoder has it.");

    /// <param name="wish">The owner's, not software.</param>
    /// <param name="view">What is known of the box.</param>
    public static DecoderChoice Of(DecoderWish wish, HardwareView view)
    {
        PathResult[] all = [.. view.Results.Where(result => result.Path.MayDecodeFilms)];
        PathResult[] wanted = [.. all.Where(result => wish.Name == DecoderWish.Auto || result.Path.Api == wish.Name || result.Path.Codec == wish.Name)];
        PathResult[] passed =
        [
            .. wanted.Where(result => result is { Verdict: PathVerdict.Works, Rehearsal.Passed: true })
                .GroupBy(result => (result.Path.Format, result.Path.BitDepth))
                .Select(group => group.OrderByDescending(result => result.Figures?.Sessions ?? 0).First()),
        ];
        return passed.Length > 0 ? new([.. passed.Select(result => result.Path)], Praise(passed))
            : wish.Name == DecoderWish.Auto ? new([], $"Films are decoded in software: {Nothing(all)}")
            : wanted is [var first, ..] ? new([], $"Films are decoded in software, because {wish.Name} has not passed its probe: {first.Rehearsal?.Reason ?? first.Reason}")
            : new([], $"Films are decoded in software, because libav has no hardware decoder {wish.Name} here; it has {List(all)}.");
    }

    private static string Nothing(PathResult[] all) => all.All(result => result.Verdict == PathVerdict.NotTried)
        ? "no hardware decoder was tried yet; ./run probe does."
        : $"none of the {all.Select(result => result.Path.DecoderName).Distinct().Count()} hardware decoders that libav has passed all of its probe here.";

    private static string Praise(PathResult[] passed) =>
        $"Films are decoded by {string.Join(", ", passed.Select(result => $"{result.Path.DecoderName} ({result.Path.Format} of {result.Path.BitDepth} bits)"))}, which passed all of their probe; all others in software.";

    private static string List(PathResult[] all) => all.Length == 0 ? "none" : string.Join(", ", all.Select(result => result.Path.DecoderName).Distinct());
}
