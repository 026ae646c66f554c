using System.Globalization;

namespace Appliance.Bench;

/// <summary>How much memory processes held together, looked at while they run: their proportional set size (smaps_rollup,
/// proc(5)), in which pages that several share are counted once. What came and went between two looks is not seen.</summary>
internal sealed class HeldMemory : IAsyncDisposable
{
    private static readonly TimeSpan Every = TimeSpan.FromMilliseconds(100);

    private readonly List<long> seen = [];
    private readonly CancellationTokenSource stop = new();
    private readonly Task watching;

    /// <param name="processes">Which, now.</param>
    public HeldMemory(Func<IEnumerable<int>> processes) => watching = WatchAsync(processes);

    /// <summary>After the end: the most.</summary>
    public long MostBytes => seen.Max();

    /// <summary>After the end: the median of what was held in one tenth of the time.</summary>
    /// <param name="tenth">0 to 9.</param>
    public long InTenth(int tenth)
    {
        long[] part = [.. seen[(seen.Count * tenth / 10)..Math.Max((seen.Count * tenth / 10) + 1, seen.Count * (tenth + 1) / 10)].Order()];
        return part[part.Length / 2];
    }

    public async ValueTask DisposeAsync()
    {
        await stop.CancelAsync();
        await watching;
        stop.Dispose();
    }

    private static long Of(int process)
    {
        try
        {
            string? line = File.ReadLines($"/proc/{process}/smaps_rollup").FirstOrDefault(text => text.StartsWith("Pss:", StringComparison.Ordinal));
            return line is null ? 0 : long.Parse(line[4..^2], NumberStyles.AllowLeadingWhite | NumberStyles.AllowTrailingWhite, CultureInfo.InvariantCulture) * 1024;
        }
        catch (IOException)
        {
            // It ended in this moment.
            return 0;
        }
    }

    private async Task WatchAsync(Func<IEnumerable<int>> processes)
    {
        while (!stop.IsCancellationRequested)
        {
            seen.Add(processes().Where(id => id > 0).Sum(Of));
            await Task.Delay(Every, stop.Token).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }
}
