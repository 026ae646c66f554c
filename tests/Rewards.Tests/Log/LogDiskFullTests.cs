using System.Diagnostics;
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

    private bool _mounted;

    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    private string Mount => Directory.CreateDirectory(_folder.At("disk")).FullName;

    public void Dispose()
    {
        if (_mounted)
        {
            Run("umount", Mount);
        }

        _folder.Dispose();
    }

    [Fact]
    public async Task AppendAsync_DiskFullThenRoom_LosesNothingAndGoesOn()
    {
        _mounted = Run("mount", "-t", "tmpfs", "-o", "size=600k", "tmpfs", Mount);
        Assert.SkipUnless(_mounted, "Only root may mount a disk of its own.");
        var refused = 0;
        await using (TransparencyLog log = Open())
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
                        Assert.True(Run("mount", "-o", "remount,size=4m", Mount));
                    }

                    Assert.InRange(refused, 1, 20);
                    Assert.True(log.Size <= i + 1);
                    i--;
                }
            }

            Assert.Equal(Entries, log.Size);
        }

        Assert.Equal(20, refused);
        await using TransparencyLog again = Open();
        Assert.Equal(Entries, again.Size);
        Assert.All(Enumerable.Range(0, Entries), i => Assert.Equal(Entry(i), again.ReadEntry(i).ToArray()));
        Assert.Null(LogAudit.Fault(again, Cancelled));
    }

    private TransparencyLog Open() => TransparencyLog.Open(Mount, Key, new() { Origin = "log.example" });

    private static byte[] Entry(int index)
    {
        byte[] entry = new byte[EntryLength];
        index.TryFormat(entry, out _, default, CultureInfo.InvariantCulture);
        return entry;
    }

    private static bool Run(string program, params string[] arguments)
    {
        using Process process = Process.Start(new ProcessStartInfo(program, arguments) { RedirectStandardError = true })!;
        process.StandardError.ReadToEnd();
        process.WaitForExit();
        return process.ExitCode == 0;
    }
}
