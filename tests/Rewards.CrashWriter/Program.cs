using System.Globalization;
using System.Text;
using Rewards.CrashWriter;
using Rewards.Metering;

// Usage: LEDGER FIRST-INDEX. Records segment after segment, several at once, until it is killed; after each
// acknowledgement, and never before, its index is one line on the standard output.
// Usage: log FOLDER. The same with a log's entries.
// Usage: accounts BOOKS FIRST-JOB. The same with orders to books.
// Usage: receipts FOLDER FIRST-INDEX. The same with records, their receipts, countersignatures and places in the log.
if (args[0] == "log")
{
    using Stream lines = Console.OpenStandardOutput();
    await LogWriter.RunAsync(args[1], lines);
    return;
}

if (args[0] == "accounts")
{
    using Stream lines = Console.OpenStandardOutput();
    await BookWriter.RunAsync(args[1], int.Parse(args[2], CultureInfo.InvariantCulture), lines);
    return;
}

if (args[0] == "receipts")
{
    using Stream lines = Console.OpenStandardOutput();
    await ReceiptWriter.RunAsync(args[1], int.Parse(args[2], CultureInfo.InvariantCulture), lines);
    return;
}

int next = int.Parse(args[1], CultureInfo.InvariantCulture) - 1;
await using var ledger = WorkLedger.Open(args[0], new WorkLedgerOptions(), TimeProvider.System);
using Stream output = Console.OpenStandardOutput();
await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => Task.Run(async () =>
{
    while (true)
    {
        int index = Interlocked.Increment(ref next);
        RecordedWork recorded = await ledger.RecordAsync(Segment.Of(index));
        lock (output)
        {
            output.Write(Encoding.ASCII.GetBytes($"{index} {recorded.Record.Sequence} {recorded.Outcome}\n"));
        }
    }
})));
