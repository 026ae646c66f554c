using Transcode.Engine.Workers;

namespace Appliance.Transcoding;

/// <summary>A running order.</summary>
/// <param name="Completion">Ends when the last chunk was taken; fails with <see cref="TranscodeException"/>.</param>
/// <param name="Reprioritize">Makes it more urgent, or less.</param>
internal sealed record StartedWork(Task<WorkReport> Completion, Action<WorkPriority> Reprioritize);
