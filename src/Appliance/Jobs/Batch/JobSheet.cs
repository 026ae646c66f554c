using Appliance.Playback;
using Appliance.Sources;
using Transcode.Engine.Recipes;
using Transcode.Engine.Workers;

namespace Appliance.Jobs.Batch;

/// <summary>All that decides the bytes a job makes, as it is written beside them: who goes on with a job makes the same
/// or nothing.</summary>
/// <param name="Fingerprint">The source's bytes.</param>
/// <param name="Engine">Which build makes them.</param>
/// <param name="Renditions">What is made of them, in order.</param>
internal sealed record JobSheet(string Fingerprint, EngineIdentity Engine, IReadOnlyList<JobSheetRendition> Renditions)
{
    /// <summary>Goes up when a folder is laid out otherwise.</summary>
    public int Version { get; init; } = 1;

    public static JobSheet Of(PlayableSource source, Ladder ladder) => new(
        source.Bytes.Fingerprint,
        source.Engine,
        [.. ladder.AllRenditions.Select(r => new JobSheetRendition(r.Name, r.Recipe.Id, RenditionId.Of(r, source.Engine)))]);

    /// <summary>What <paramref name="other"/> asks for otherwise, each in a few words; empty where nothing.</summary>
    public IEnumerable<string> DifferencesTo(JobSheet other)
    {
        if (Version != other.Version)
        {
            yield return $"the folder's layout ({Version} there, {other.Version} now)";
        }

        if (Fingerprint != other.Fingerprint)
        {
            yield return "the source's bytes";
        }

        if (Engine != other.Engine)
        {
            yield return $"the engine ({Engine} there, {other.Engine} now)";
        }

        string here = string.Join(", ", Renditions.Select(r => r.Name));
        string there = string.Join(", ", other.Renditions.Select(r => r.Name));
        if (here != there)
        {
            yield return $"the renditions ({here} there, {there} now)";
        }
        else if (!Renditions.Select(r => r.RecipeId).SequenceEqual(other.Renditions.Select(r => r.RecipeId)))
        {
            yield return "the renditions' recipes";
        }
    }
}
