using Appliance.Sources.Sidecars;
using Transcode.Engine.Media;
using Transcode.Engine.Recipes;
using Transcode.Engine.Workers;

namespace Appliance.Sources;

/// <summary>A source with all that its segments are a function of.</summary>
/// <param name="Id">As in URLs.</param>
/// <param name="Bytes">Where its bytes come from.</param>
/// <param name="Description">What it is.</param>
/// <param name="Ladder">What is offered of it.</param>
/// <param name="TrickPlay">What is offered for looking around in it.</param>
/// <param name="Engine">Which build makes it.</param>
internal sealed record PlayableSource(
    string Id, IByteSource Bytes, SourceDescription Description, Ladder Ladder, TrickPlay TrickPlay, EngineIdentity Engine)
{
    /// <summary>The files of subtitles that the ladder's recipes name.</summary>
    public IReadOnlyList<Sidecar> Sidecars { get; init; } = [];

    /// <summary>What a recipe is made from: the source's own bytes, or those of the file that it names.</summary>
    public IByteSource BytesFor(Recipe recipe) => recipe is TextRecipe { Sidecar: { } named }
        ? Sidecars.First(sidecar => sidecar.Bytes.Fingerprint == named.Fingerprint).Bytes
        : Bytes;
}
