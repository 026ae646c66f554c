using Transcode.Engine.Hardware;
using Transcode.Engine.Recipes;

namespace Appliance.Hardware.Encoders;

/// <summary>Which encoder makes a ladder's rungs, and why it does.</summary>
/// <param name="Encoder">A device's; null for the box's own.</param>
/// <param name="Why">In a sentence.</param>
internal sealed record EncoderChoice(DeviceEncoder? Encoder, string Why)
{
    private const int IdentityDigits = 16;

    public static EncoderChoice Software { get; } = new(null, "Segments are made in software, as --encoder has it.");

    /// <param name="wish">The owner's, not software.</param>
    /// <param name="view">What is known of the box.</param>
    public static EncoderChoice Of(EncoderWish wish, HardwareView view)
    {
        PathResult[] all = [.. view.Results.Where(result => result.Path.MayMakeRungs)];
        return wish.Name == EncoderWish.Auto ? Best(all, view) : Named(wish.Name, all, view);
    }

    /// <summary>As a pool is told of a path on a box.</summary>
    public static DeviceEncoder On(BoxIdentity box, CodingPath path) => new(path.Codec, box.Key[..IdentityDigits], path.Device);

    private static EncoderChoice Best(PathResult[] all, HardwareView view) =>
        all.Where(Passed).OrderByDescending(result => result.Figures?.Sessions ?? 0).FirstOrDefault() is { } best
            ? new(On(view.Box, best.Path), Praise(best))
        : all.All(result => result.Verdict == PathVerdict.NotTried)
            ? new(null, "Segments are made in software: no hardware encoder was tried yet; ./run probe does.")
            : new(null, $"Segments are made in software: none of the {all.Select(result => result.Path.Codec).Distinct().Count()} hardware encoders of H.264 that libav has passed all of its probe here.");

    private static EncoderChoice Named(string name, PathResult[] all, HardwareView view)
    {
        PathResult[] named = [.. all.Where(result => result.Path.Codec == name)];
        return named.FirstOrDefault(Passed) is { } passed ? new(On(view.Box, passed.Path), Praise(passed))
            : named is [var first, ..] ? new(null, $"Segments are made in software, because {name} has not passed its probe: {first.Rehearsal?.Reason ?? first.Reason}")
            : new(null, $"Segments are made in software, because libav has no hardware encoder {name} of H.264 here; it has {List(all)}.");
    }

    private static bool Passed(PathResult result) => result is { Verdict: PathVerdict.Works, Rehearsal.Passed: true };

    private static string List(PathResult[] all) => all.Length == 0 ? "none" : string.Join(", ", all.Select(result => result.Path.Codec).Distinct());

    private static string Praise(PathResult result) => $"The ladder's H.264 is made by {result.Path.Codec}, which passed all of its probe. {result.Rehearsal!.Reason}";
}
