namespace Appliance.Bench;

/// <summary>What wrk counted, and what it took the server.</summary>
/// <param name="RequestsPerSecond">Answered.</param>
/// <param name="BytesPerSecond">Heads included.</param>
/// <param name="ServerMicroseconds">Processor time of the server, for each request.</param>
internal sealed record WrkRun(double RequestsPerSecond, double BytesPerSecond, double ServerMicroseconds);
