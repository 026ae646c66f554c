using Appliance.Playback;
using Transcode.Engine.Recipes;

namespace Appliance.Jobs.Batch;

/// <summary>One file to make.</summary>
/// <param name="Rung">Which of the job's renditions, counted from zero.</param>
/// <param name="Rendition">The rendition itself.</param>
/// <param name="File">Its name in the rendition's folder.</param>
/// <param name="Index">The segment's; null for the init segment.</param>
/// <param name="Artifact">What it holds.</param>
internal sealed record BatchPiece(int Rung, Rendition Rendition, string File, int? Index, Artifact Artifact);
