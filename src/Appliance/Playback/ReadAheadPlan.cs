using System.Globalization;
using Appliance.Cmcd;
using Appliance.Sources;
using Transcode.Engine.Recipes;

namespace Appliance.Playback;

/// <summary>What a player is likely to ask for next: what it names itself (<c>nor</c>), else the segment after, and those after
/// that, as many as its buffer gives reason for.</summary>
internal static class ReadAheadPlan
{
    /// <summary>For a player that says nothing: four seconds, twice what it waits for before it shows a picture.</summary>
    private const int DepthUnknown = 2;

    /// <summary>A player this short of pictures asks for one segment after the other, as fast as they come.</summary>
    private const int DepthFilling = 4;

    /// <summary>One this rich asks when it has watched another segment.</summary>
    private const int DepthFull = 1;

    private static readonly TimeSpan Filling = TimeSpan.FromSeconds(8);

    private static readonly TimeSpan Full = TimeSpan.FromSeconds(20);

    /// <param name="source">What is played.</param>
    /// <param name="recipe">The rendition of what was delivered.</param>
    /// <param name="index">Its number.</param>
    /// <param name="client">What the player said with it.</param>
    /// <param name="path">The request's path, which a next object is relative to.</param>
    /// <returns>Nearest first.</returns>
    public static IReadOnlyList<Artifact> After(PlayableSource source, Recipe recipe, int index, ClientData client, PathString path)
    {
        // Who skims through single pictures leaps: what comes next is not known. What is copied comes at once.
        if (recipe is IFrameRecipe or CopyRecipe)
        {
            return [];
        }

        (Recipe next, int first) = client.NextObject is { } said ? Named(source, said, path) ?? (recipe, index + 1) : (recipe, index + 1);
        return [.. Enumerable.Range(first, Depth(client))
            .Where(following => SegmentTimes.Exists(source.Description.Grid, next, following))
            .Select(following => Artifacts.Segment(source, next, following))];
    }

    /// <summary>Segments ahead of the one delivered, 1 to 4.</summary>
    public static int Depth(ClientData client) => client switch
    {
        { Starved: true } or { Startup: true } => DepthFilling,
        { Buffer: null } => DepthUnknown,
        { Buffer: { } buffer } when buffer < Filling => DepthFilling,
        { Buffer: { } buffer } when buffer >= Full => DepthFull,
        _ => DepthUnknown,
    };

    /// <summary>The segment of the same source that a relative path names; null for anything else.</summary>
    private static (Recipe Recipe, int Index)? Named(PlayableSource source, string next, PathString path)
    {
        var here = new Uri(new Uri("http://box"), path.ToUriComponent());
        if (!Uri.TryCreate(here, next, out Uri? there)
            || there.Authority != here.Authority
            || here.Segments.Length != there.Segments.Length
            || !here.Segments.AsSpan()[..^2].SequenceEqual(there.Segments.AsSpan()[..^2])
            || Path.GetExtension(there.Segments[^1]) != Path.GetExtension(here.Segments[^1])
            || !int.TryParse(Path.GetFileNameWithoutExtension(there.Segments[^1]), NumberStyles.None, CultureInfo.InvariantCulture, out int index))
        {
            return null;
        }

        string rendition = there.Segments[^2].TrimEnd('/');
        return source.Ladder.Renditions.Concat(source.Ladder.Beside).FirstOrDefault(r => RenditionId.Of(r, source.Engine) == rendition) is { } found
            ? (found.Recipe, index)
            : null;
    }
}
