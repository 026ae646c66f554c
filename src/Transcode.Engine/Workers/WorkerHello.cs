namespace Transcode.Engine.Workers;

/// <summary>A worker's first message.</summary>
internal sealed record WorkerHello(EngineIdentity Identity, IReadOnlyList<LockInMeasure> LockIn);
