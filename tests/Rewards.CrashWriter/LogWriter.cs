using System.Globalization;
using System.Text;
using Rewards.Log;
using Rewards.Signing;

namespace Rewards.CrashWriter;

/// <summary>Appends entry after entry to a log, several at once, until it is killed.</summary>
public static class LogWriter
{
    /// <summary>Whoever opens the log afterwards needs the same.</summary>
    public static LogKey Key { get; } = LogKey.FromSecret(Enumerable.Repeat((byte)5, 32).ToArray());

    public static TransparencyLogOptions Options { get; } = new() { Origin = "log.example" };

    public static byte[] Entry(long index) => Encoding.ASCII.GetBytes(string.Create(CultureInfo.InvariantCulture, $"receipt-{index}"));

    /// <summary>After each acknowledgement, and never before, its index, and the size and root that were signed then, are a line on
    /// the output.</summary>
    public static async Task RunAsync(string folder, Stream output)
    {
        await using TransparencyLog log = TransparencyLog.Open(folder, Key, Options);
        long next = log.Size - 1;
        await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => Task.Run(async () =>
        {
            while (true)
            {
                long index = Interlocked.Increment(ref next);
                while (true)
                {
                    try
                    {
                        await log.AppendAsync(Entry(index), index);
                        break;
                    }
                    catch (ArgumentException)
                    {
                        // One of the others is about to bring the entry before this one.
                        await Task.Yield();
                    }
                }

                Checkpoint signed = log.Checkpoint;
                lock (output)
                {
                    output.Write(Encoding.ASCII.GetBytes(string.Create(CultureInfo.InvariantCulture, $"{index} {signed.Size} {signed.Root}\n")));
                }
            }
        })));
    }
}
