using System.Diagnostics;
using Rewards.Log;
using Rewards.Signing;

namespace Rewards.Bench;

/// <summary>Appending durably, and proofs out of a large log.</summary>
internal static class LogFigures
{
    /// <summary>As long as a receipt's hash with its totals.</summary>
    private const int EntryLength = 128;

    private const int Proofs = 2000;

    private static readonly TimeSpan Span = TimeSpan.FromSeconds(5);

    public static async Task PrintAsync(int entries)
    {
        using var folder = new DiskFolder();
        using LogKey key = LogKey.Create();
        Table.Head($"log in {folder.Parent}, entries of {EntryLength} bytes");
        await AppendAsync(Directory.CreateDirectory(Path.Combine(folder.Path, "one")).FullName, key, 1);
        await AppendAsync(Directory.CreateDirectory(Path.Combine(folder.Path, "many")).FullName, key, 256);
        string large = Directory.CreateDirectory(Path.Combine(folder.Path, "large")).FullName;
        await FillAsync(large, key, entries);
        await ProveAsync(large, key, entries);
    }

    private static async Task AppendAsync(string folder, LogKey key, int writers)
    {
        await using TransparencyLog log = TransparencyLog.Open(folder, key, new() { Origin = "log.example" });
        var watch = Stopwatch.StartNew();
        await Task.WhenAll(Enumerable.Range(0, writers).Select(async _ =>
        {
            while (watch.Elapsed < Span)
            {
                await log.AppendAsync(new byte[EntryLength]);
            }
        }));
        Table.Row($"appended durably, {writers} at a time", log.Size / watch.Elapsed.TotalSeconds, "/s");
    }

    private static async Task FillAsync(string folder, LogKey key, int entries)
    {
        await using TransparencyLog log = TransparencyLog.Open(folder, key, new() { Origin = "log.example", BatchLimit = 4096, QueueLimit = 8192 });
        var watch = Stopwatch.StartNew();
        using var window = new SemaphoreSlim(8192);
        for (int i = 0; i < entries; i++)
        {
            await window.WaitAsync();
            _ = log.AppendAsync(BitConverter.GetBytes(i)).ContinueWith(_ => window.Release(), TaskScheduler.Default);
        }

        for (int i = 0; i < 8192; i++)
        {
            await window.WaitAsync();
        }

        if (log.Size != entries)
        {
            throw new InvalidOperationException($"The log has {log.Size} entries, not {entries}.");
        }

        Table.Row($"{entries} appended durably, up to 4096 under a checkpoint", watch.Elapsed.TotalSeconds, "s");
    }

    private static async Task ProveAsync(string folder, LogKey key, int entries)
    {
        long started = Stopwatch.GetTimestamp();
        await using TransparencyLog log = TransparencyLog.Open(folder, key, new() { Origin = "log.example" });
        Table.Row("opened", Stopwatch.GetElapsedTime(started).TotalMilliseconds, "ms");
        var random = new Random(1);
        double[] times = new double[Proofs];
        for (int i = 0; i < Proofs; i++)
        {
            int index = random.Next(entries);
            started = Stopwatch.GetTimestamp();
            ProofBundle proof = log.Prove(index);
            times[i] = Stopwatch.GetElapsedTime(started).TotalMilliseconds;
            if (proof.Fault(BitConverter.GetBytes(index), log.VerifierKey, [], 0) is { } fault)
            {
                throw new InvalidOperationException(fault);
            }
        }

        Table.Row("the first proof", times[0], "ms");
        Array.Sort(times);
        Table.Row("a proof, median", times[Proofs / 2], "ms");
        Table.Row("a proof, 99 of 100 within", times[Proofs * 99 / 100], "ms");
        Table.Row("a proof, slowest", times[^1], "ms");
    }
}
