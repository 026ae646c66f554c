using System.Globalization;
using Rewards.Log;
using Rewards.Signing;
using Xunit;

namespace Rewards.Tests.Log;

/// <summary>A real file system that is full, and then is given room.</summary>
public sealed class LogDiskFullTests : IDisposable
{
    private const int EntryLength = 1000;

    /// <summary>Entries beyond any that fit.</summary>
    private const int Entries = 1500;

    private static readonly LogKey Key = LogKey.FromSecret(Keccak256.Of("log"u8).ToArray());

    private readonly ScratchFolder _folder = new();

    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task AppendAsync_DiskFullThenRoom_LosesNothingAndGoesOn()
    {
        using SmallDisk disk = SmallDisk.Mount(_folder.At("disk"), "600k");
        var refused = 0;
        await using (TransparencyLog log = Open(disk))
        {
            for (int i = 0; i < Entries; i++)
            {
                try
                {
                    await log.AppendAsync(Entry(i), i, Cancelled);
                }
                catch (LogException)
                {
                    refused++;
                    if (refused == 20)
                    {
                        disk.Grow("4m");
                    }

                    Assert.InRange(refused, 1, 20);
                    Assert.True(log.Size <= i + 1);
                    i--;
                }
            }

            Assert.Equal(Entries, log.Size);
        }

        Assert.Equal(20, refused);
        await using TransparencyLog again = Open(disk);
        Assert.Equal(Entries, again.Size);
        Assert.All(Enumerable.Range(0, Entries), i => Assert.Equal(Entry(i), again.ReadEntry(i).ToArray()));
        Assert.Null(LogAudit.Fault(again, Cancelled));
    }

    private static TransparencyLog Open(SmallDisk disk) => TransparencyLog.Open(disk.Path, Key, new() { Origin = "log.example" });

    private static byte[] Entry(int index)
    {
        byte[] entry = new byte[EntryLength];
        index.TryFormat(entry, out _, default, CultureInfo.InvariantCulture);
        return entry;
    }
}
