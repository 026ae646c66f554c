using System.Diagnostics;
using System.Globalization;

namespace Rewards.Bench;

/// <summary>Lines of figures, and what they are made of.</summary>
internal static class Table
{
    public static void Head(string what) => Console.WriteLine($"\n{what}");

    public static void Row(string what, double value, string unit) =>
        Console.WriteLine($"  {what,-58}{value.ToString(value < 10 ? "F3" : "F0", CultureInfo.InvariantCulture),12} {unit}");

    /// <summary>The middle of the times that some rounds took, the first left out.</summary>
    public static double Milliseconds(int rounds, Action work)
    {
        work();
        List<double> times = [];
        for (int i = 0; i < rounds; i++)
        {
            long started = Stopwatch.GetTimestamp();
            work();
            times.Add(Stopwatch.GetElapsedTime(started).TotalMilliseconds);
        }

        times.Sort();
        return times[rounds / 2];
    }
}
