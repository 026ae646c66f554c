using Transcode.Engine.Workers;

namespace Appliance.Transcoding;

/// <summary>A running order.</summary>
/// <param name="Completion">Ends when the last chunk was taken; fails with <see cref="TranscodeException"/>.</param>
/// <param name="Raise">Makes it more urgent.</param>
internal sealed record StartedWork(Task<WorkReport> Completion, Action<WorkPriority> Raise);
