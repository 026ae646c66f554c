namespace Transcode.Engine.Workers;

/// <summary>One worker process.</summary>
/// <param name="ProcessId">0 before it has one.</param>
/// <param name="Ready">Whether it has said hello.</param>
/// <param name="Work">What it is busy with, as <c>segment 12 video</c>; null when idle.</param>
/// <param name="Fingerprint">The source it works on or last worked on; null when fresh.</param>
/// <param name="Age">Since its start.</param>
/// <param name="OrdersDone">Orders it answered.</param>
/// <param name="ResidentBytes">Its memory, or 0 where that cannot be read.</param>
public sealed record WorkerStatus(
    int ProcessId, bool Ready, string? Work, string? Fingerprint, TimeSpan Age, int OrdersDone, long ResidentBytes);
