namespace Transcode.Engine.Verification;

/// <summary>A check that failed.</summary>
internal sealed record Rejection(VerificationCheck Check, string Reason);
