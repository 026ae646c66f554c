using System.Globalization;
using System.Text;
using Rewards.Accounts;
using Rewards.Entries;
using Rewards.Log;
using Rewards.Metering;
using Rewards.Receipts;
using Rewards.Signing;

namespace Rewards.CrashWriter;

/// <summary>Records work, makes receipts, has them countersigned and brings all of it into the log with the books' entries between, until it is killed.</summary>
public static class ReceiptWriter
{
    private const int CountersignedAtOnce = 8;

    /// <summary>Between records, so that receipts and log keep up with them.</summary>
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(30);

    public static DeviceKey Device { get; } = DeviceKey.FromSecret(Enumerable.Repeat((byte)7, 32).ToArray());

    public static DeviceKey Requester { get; } = DeviceKey.FromSecret(Enumerable.Repeat((byte)9, 32).ToArray());

    public static SigningDomain Domain { get; } = new("Appliance", "1", 31337, BookWriter.Box);

    /// <summary>Every third piece of work nobody asked for; ten in a row are one job.</summary>
    public static (EthereumAddress Requester, Hash256 Job)? WhoAsked(WorkRecord record) =>
        record.Work.Index % 3 == 0 ? null : (Requester.Address, ContentHashes.OfRecipe(BitConverter.GetBytes(record.Work.Index / 10)));

    /// <summary>After each acknowledgement, and never before, what it was of is a line on the output, which ends with a dot.</summary>
    public static async Task RunAsync(string folder, int first, Stream output)
    {
        await using var all = ReceiptFiles.Open(folder);
        int next = first - 1;
        Task[] recording = [.. Enumerable.Range(0, 3).Select(_ => Task.Run(async () =>
        {
            while (true)
            {
                int index = Interlocked.Increment(ref next);
                RecordedWork recorded = await all.Ledger.RecordAsync(Segment.Of(index));
                Say(output, $"recorded {index} {recorded.Record.Sequence}");
                string key = string.Create(CultureInfo.InvariantCulture, $"deposit-{index}");
                await all.Books.EnterAsync(key, new DepositOrder(1, "", Requester.Address));
                await Task.Delay(Pause);
            }
        }))];
        await Task.WhenAll([.. recording, Task.Run(() => CountersignAsync(all.Receipts, output)), Task.Run(() => BringAsync(all, output))]);
    }

    private static async Task BringAsync(ReceiptFiles all, Stream output)
    {
        while (true)
        {
            await all.CatchUpAsync();
            if (await all.Receipts.LastAsync() is { } last)
            {
                Say(output, $"receipt {last.Receipt.Seq} {last.Digest()}");
            }

            (long seq, long index) = await all.Receipts.LastLoggedAsync();
            Checkpoint checkpoint = all.Log.Checkpoint;
            Say(output, $"logged {seq} {index} {checkpoint.Size} {checkpoint.Root}");
        }
    }

    private static async Task CountersignAsync(ReceiptStore receipts, Stream output)
    {
        // Some of the same are countersigned again.
        long after = Math.Max(0, (long)((await receipts.LastAsync())?.Receipt.Seq ?? 0) - CountersignedAtOnce);
        while (true)
        {
            IReadOnlyList<SignedReceipt> made = await receipts.ReadAsync(after, CountersignedAtOnce);
            foreach (SignedReceipt signed in made)
            {
                after = (long)signed.Receipt.Seq;
                CountersignOutcome outcome = await receipts.CountersignAsync(after, Requester.Sign(signed.Digest()));
                Say(output, $"countersigned {after} {outcome}");
            }

            if (made.Count == 0)
            {
                await Task.Delay(Pause);
            }
        }
    }

    private static void Say(Stream output, FormattableString line)
    {
        byte[] bytes = Encoding.ASCII.GetBytes(line.ToString(CultureInfo.InvariantCulture) + " .\n");
        lock (output)
        {
            output.Write(bytes);
        }
    }
}
