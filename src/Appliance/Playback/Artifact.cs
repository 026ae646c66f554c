using Transcode.Engine.Media;
using Transcode.Engine.Workers;

namespace Appliance.Playback;

/// <summary>Something that can be made: the key it is known by, and the order that makes it.</summary>
internal sealed record Artifact(ArtifactKey Key, WorkOrder Order, IByteSource Source);
