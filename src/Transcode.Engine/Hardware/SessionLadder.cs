using System.Diagnostics;
using Transcode.Engine.Interop.LibAv;

namespace Transcode.Engine.Hardware;

/// <summary>Raises the number of sessions at once until one fails, or they no longer keep real time.</summary>
internal static class SessionLadder
{
    /// <summary>Beyond the last nobody asks.</summary>
    private static readonly int[] Steps = [2, 3, 4, 5, 6, 8, 12, 16, 24, 32];

    /// <summary>No step begins after so long.</summary>
    private static readonly TimeSpan Enough = TimeSpan.FromSeconds(20);

    /// <param name="alone">Frames a second of one session by itself.</param>
    /// <param name="frames">Of a session.</param>
    /// <param name="session">Runs one, on the calling thread.</param>
    /// <param name="power">Read while sessions run.</param>
    /// <param name="onStep">Hears of each step as it begins.</param>
    public static (int Sessions, double FramesPerSecond, string Limit, double? Watts) Climb(
        double alone, int frames, Action session, PowerMeter power, Action<int> onStep)
    {
        if (alone < TestSource.FrameRate)
        {
            return (0, alone, "one session does not keep real time", null);
        }

        long started = Stopwatch.GetTimestamp();
        (int Sessions, double FramesPerSecond, double? Watts) best = (1, alone, null);
        foreach (int count in Steps)
        {
            if (Stopwatch.GetElapsedTime(started) > Enough)
            {
                return (best.Sessions, best.FramesPerSecond, $"it was raised no further after {(int)Enough.TotalSeconds} seconds", best.Watts);
            }

            onStep(count);
            PowerReading before = power.Read();
            long begun = Stopwatch.GetTimestamp();
            if (RunAtOnce(count, session) is { } failure)
            {
                return (best.Sessions, best.FramesPerSecond, $"session {count} failed ({failure.Message})", best.Watts);
            }

            double rate = count * (double)frames / Stopwatch.GetElapsedTime(begun).TotalSeconds;
            if (rate < count * TestSource.FrameRate)
            {
                return (best.Sessions, best.FramesPerSecond, $"{count} sessions no longer keep real time", best.Watts);
            }

            best = (count, rate, power.WattsSince(before) is { } watts ? Math.Round(watts, 1) : null);
        }

        return (best.Sessions, best.FramesPerSecond, $"more than {Steps[^1]} were not tried", best.Watts);
    }

    private static AvException? RunAtOnce(int count, Action session)
    {
        AvException? failure = null;
        Thread[] threads = [.. Enumerable.Range(0, count).Select(_ => new Thread(() =>
        {
            try
            {
                session();
            }
            catch (AvException exception)
            {
                Interlocked.CompareExchange(ref failure, exception, null);
            }
        }))];
        Array.ForEach(threads, thread => thread.Start());
        Array.ForEach(threads, thread => thread.Join());
        return failure;
    }
}
