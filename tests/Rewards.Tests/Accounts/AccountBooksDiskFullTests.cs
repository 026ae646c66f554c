using System.Diagnostics;
using Rewards.Accounts;
using Rewards.CrashWriter;
using Xunit;

namespace Rewards.Tests.Accounts;

/// <summary>A real file system that is full, and then is given room.</summary>
public sealed class AccountBooksDiskFullTests : IDisposable
{
    private const int Jobs = 300;
    private const int Refusals = 20;

    private readonly ScratchFolder _folder = new();
    private bool _mounted;

    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    private string Mount => Directory.CreateDirectory(_folder.At("disk")).FullName;

    private string File => Path.Combine(Mount, "accounts.db");

    public void Dispose()
    {
        if (_mounted)
        {
            Run("umount", Mount);
        }

        _folder.Dispose();
    }

    [Fact]
    public async Task EnterAsync_DiskFullThenRoom_LosesNothingAndGoesOn()
    {
        _mounted = Run("mount", "-t", "tmpfs", "-o", "size=1m", "tmpfs", Mount);
        Assert.SkipUnless(_mounted, "Only root may mount a disk of its own.");
        int failures = 0;
        await using (AccountBooks books = Open())
        {
            foreach ((string key, BookOrder order) in Enumerable.Range(0, Jobs).SelectMany(BookWriter.Orders))
            {
                for (BookAnswer? answer = null; answer is null;)
                {
                    try
                    {
                        answer = await books.EnterAsync(key, order, Cancelled);
                        Assert.Contains(answer.Outcome, new[] { BookOutcome.Done, BookOutcome.AlreadyDone });
                    }
                    catch (AccountsException)
                    {
                        failures++;
                        Assert.InRange(failures, 1, Refusals);
                        if (failures == Refusals)
                        {
                            Assert.True(Run("mount", "-o", "remount,size=32m", Mount));
                        }
                    }
                }
            }
        }

        Assert.Equal(Refusals, failures);
        await using AccountBooks opened = Open();
        Assert.Equal(Jobs * 3, (await opened.ReadAsync(0, AccountBooks.ReadLimit, Cancelled)).Count);
    }

    private static bool Run(string program, params string[] arguments)
    {
        using Process? process = Process.Start(new ProcessStartInfo(program, arguments) { RedirectStandardError = true });
        process!.WaitForExit();
        return process.ExitCode == 0;
    }

    private AccountBooks Open() => AccountBooks.Open(File, new AccountBooksOptions(), BookWriter.Time);
}
