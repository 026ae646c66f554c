using Appliance.Hardware.Decoders;
using Appliance.Hardware.Encoders;
using Appliance.Profiles;
using Transcode.Engine.Hardware;

namespace Appliance.Hardware;

/// <summary>What this box's hardware is and does, each answer with its reason.</summary>
/// <param name="Box">Which it is.</param>
/// <param name="Profile">The class of machine it is of, and what is known of that class; null where it is of none that is known.</param>
/// <param name="Power">Why its power cannot be read; null where it can.</param>
/// <param name="Current">What is being tried now; null where nothing is.</param>
/// <param name="Paths">Every way to code pictures that libav has.</param>
internal sealed record HardwareResponse(BoxIdentity Box, ProfileAnswer? Profile, string? Power, CurrentPath? Current, IReadOnlyList<PathAnswer> Paths)
{
    /// <summary>What makes the ladder's rungs; null where no box runs.</summary>
    public EncoderAnswer? Encoder { get; init; }

    /// <summary>What decodes films for it; null where no box runs.</summary>
    public DecoderAnswer? Decoder { get; init; }

    public static HardwareResponse Of(HardwareView view, ProfileShelf profiles, OwnersHardware wishes) => new(
        view.Box,
        ProfileAnswer.Of(profiles, view.Box, wishes),
        new PowerMeter(BoxFiles.Here, TimeProvider.System).WhyNot,
        view.Current is null ? null : new(view.Current, view.Step ?? ""),
        [.. view.Results.Select(PathAnswer.Of)]);
}

/// <param name="Path">Which.</param>
/// <param name="Step">What it is at.</param>
internal sealed record CurrentPath(CodingPath Path, string Step);

/// <summary>What came of a path.</summary>
/// <param name="Path">Which.</param>
/// <param name="Verdict">In one word.</param>
/// <param name="Standing">Whether it ever ran on hardware here.</param>
/// <param name="Reason">In a sentence.</param>
/// <param name="Detail">What libav or the process said.</param>
/// <param name="Figures">Where it works.</param>
/// <param name="TriedAt">When.</param>
/// <param name="Rehearsal">Of hardware that works and may make the ladder's rungs or decode films for it: whether it does, and why not.</param>
internal sealed record PathAnswer(
    CodingPath Path, PathVerdict Verdict, string Standing, string Reason, string? Detail, PathFigures? Figures, DateTimeOffset? TriedAt, PathRehearsal? Rehearsal)
{
    public static PathAnswer Of(PathResult result) => new(
        result.Path,
        result.Verdict,
        !result.Path.IsHardware ? "software" : result.Verdict == PathVerdict.Works ? "ran on this box's hardware" : "not run on hardware",
        result.Reason,
        result.Detail,
        result.Figures,
        result.TriedAt,
        result.Rehearsal);
}

/// <param name="Name">Of the profile.</param>
/// <param name="Description">Of its class.</param>
/// <param name="Because">What of the box it was told by.</param>
/// <param name="Figures">What is known of the class, each with its standing and source.</param>
/// <param name="Quirks">Likewise.</param>
internal sealed record ProfileAnswer(string Name, string Description, string Because, IReadOnlyList<ProfileFigure> Figures, IReadOnlyList<ProfileQuirk> Quirks)
{
    public static ProfileAnswer? Of(ProfileShelf profiles, BoxIdentity box, OwnersHardware wishes) =>
        profiles.Match(box, wishes.Profile) is ({ } profile, var because)
            ? new(profile.Name, profile.Description, because, profile.Figures, profile.Quirks)
            : null;
}
