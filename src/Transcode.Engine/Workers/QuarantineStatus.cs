namespace Transcode.Engine.Workers;

/// <summary>A place of a source that is not tried again.</summary>
/// <param name="Fingerprint">Of the source.</param>
/// <param name="Place">As <c>segment 12 video</c>.</param>
/// <param name="Reason">What happened the first time.</param>
public sealed record QuarantineStatus(string Fingerprint, string Place, string Reason);
