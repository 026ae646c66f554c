namespace Rewards.Metering;

/// <summary>Instants as the ledger keeps them: whole microseconds since 1970-01-01 UTC.</summary>
internal static class Microseconds
{
    public static long Of(DateTimeOffset instant) => (instant - DateTimeOffset.UnixEpoch).Ticks / TimeSpan.TicksPerMicrosecond;

    public static DateTimeOffset ToInstant(long microseconds) =>
        DateTimeOffset.UnixEpoch.AddTicks(checked(microseconds * TimeSpan.TicksPerMicrosecond));
}
