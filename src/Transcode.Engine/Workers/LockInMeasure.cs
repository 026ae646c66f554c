namespace Transcode.Engine.Workers;

/// <summary>One thing that keeps a worker from reaching out.</summary>
/// <param name="Name">As <c>seccomp</c>.</param>
/// <param name="Applied">Whether it is in force.</param>
/// <param name="Detail">What it does here; where it is not in force, why not.</param>
public sealed record LockInMeasure(string Name, bool Applied, string Detail);
