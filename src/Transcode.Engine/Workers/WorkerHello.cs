namespace Transcode.Engine.Workers;

/// <summary>A worker's first message.</summary>
/// <param name="Identity">Which engine build it is.</param>
/// <param name="LockIn">What holds it.</param>
/// <param name="Device">The device it makes pictures on where that is quicker; null for none.</param>
/// <param name="Devices">Every device it found and what became of it, a line each; null where it did not look.</param>
internal sealed record WorkerHello(EngineIdentity Identity, IReadOnlyList<LockInMeasure> LockIn, string? Device = null, IReadOnlyList<string>? Devices = null)
{
    /// <summary>What became of each device's decoder that it was to open.</summary>
    public IReadOnlyList<DecoderNote>? Decoders { get; init; }
}
