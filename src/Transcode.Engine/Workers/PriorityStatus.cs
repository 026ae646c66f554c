namespace Transcode.Engine.Workers;

/// <summary>How much of one urgency waits and runs.</summary>
public sealed record PriorityStatus(WorkPriority Priority, int Queued, int Running);
