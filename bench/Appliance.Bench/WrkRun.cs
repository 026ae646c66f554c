namespace Appliance.Bench;

/// <summary>What wrk counted.</summary>
internal sealed record WrkRun(double RequestsPerSecond, double BytesPerSecond);
