using System.Globalization;

namespace Appliance.Bench;

/// <summary>The most memory that processes held, by the kernel's own high-water marks (VmHWM, proc(5)), looked at while
/// they run: what one held after the last look is not seen.</summary>
internal sealed class PeakMemory : IAsyncDisposable
{
    private static readonly TimeSpan Every = TimeSpan.FromMilliseconds(50);

    private readonly CancellationTokenSource stop = new();
    private readonly Dictionary<int, long> peaks = [];
    private readonly Task watching;

    /// <param name="processes">Which, now.</param>
    public PeakMemory(Func<IEnumerable<int>> processes) => watching = WatchAsync(processes);

    /// <summary>The sum of every process's peak, as if all had come at once. After the end.</summary>
    public long Bytes => peaks.Values.Sum();

    public async ValueTask DisposeAsync()
    {
        await stop.CancelAsync();
        await watching;
        stop.Dispose();
    }

    public static long Of(int process)
    {
        try
        {
            string? line = File.ReadLines($"/proc/{process}/status").FirstOrDefault(text => text.StartsWith("VmHWM:", StringComparison.Ordinal));
            return line is null ? 0 : long.Parse(line[6..^2], NumberStyles.AllowLeadingWhite | NumberStyles.AllowTrailingWhite, CultureInfo.InvariantCulture) * 1024;
        }
        catch (IOException)
        {
            return 0;
        }
    }

    private async Task WatchAsync(Func<IEnumerable<int>> processes)
    {
        while (!stop.IsCancellationRequested)
        {
            foreach (int process in processes().Where(id => id > 0))
            {
                peaks[process] = Math.Max(peaks.GetValueOrDefault(process), Of(process));
            }

            await Task.Delay(Every, stop.Token).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }
}
