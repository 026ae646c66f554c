using Appliance.Playback;
using Transcode.Engine.Workers;

namespace Appliance.Jobs.Batch;

/// <summary>The segment function as a job calls it: behind everybody who waits.</summary>
internal interface ISegmentMaker
{
    /// <summary>Places of the source that are made at once.</summary>
    int Slots { get; }

    /// <summary>The most pieces that may be asked for at once.</summary>
    int PieceLimit { get; }

    /// <returns>All its bytes.</returns>
    /// <exception cref="TranscodeException">It cannot be made.</exception>
    Task<ReadOnlyMemory<byte>> MakeAsync(Artifact artifact, CancellationToken cancellationToken);
}
