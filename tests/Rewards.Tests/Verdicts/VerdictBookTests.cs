using System.Text;
using Rewards.Signing;
using Rewards.Tests.Log;
using Rewards.Tests.Receipts;
using Rewards.Verdicts;
using Xunit;

namespace Rewards.Tests.Verdicts;

public sealed class VerdictBookTests : IDisposable
{
    private const string Name = "verdicts.jsonl";

    private readonly ScratchFolder folder = new();

    private string Path => folder.At(Name);

    public void Dispose() => folder.Dispose();

    [Fact]
    public void Append_Verdicts_AreThereAgain_ChainedAndSigned()
    {
        Fill(5);
        using VerdictBook book = VerdictBook.Open(Path, Sample.Requester);
        Assert.Equal([1UL, 2, 3, 4, 5], book.Verdicts.Select(verdict => verdict.Verdict.Seq));
        Assert.All(book.Verdicts.Skip(1).Zip(book.Verdicts), pair => Assert.Equal(pair.Second.Digest(), pair.First.Verdict.Previous));
        book.Append(Verdicts.Of(VerdictOutcome.Rejected, 6), Sample.Domain);
        Assert.Equal(book.Verdicts, VerdictBook.Read(File.ReadAllBytes(Path)));
    }

    /// <summary>Every step fails once in every way; then the power is cut. What was acknowledged is there, nothing is there that does not follow, and it goes on.</summary>
    [Fact]
    public void Append_EveryStepFailingInEveryWay_LosesNothingThatWasKept()
    {
        int tried = 0;
        foreach (SimulatedDisk.Fault fault in Enum.GetValues<SimulatedDisk.Fault>())
        {
            for (int step = 0, steps = 1; step < steps; step++)
            {
                for (int seed = 0; seed < 8; seed++)
                {
                    steps = Try(new SimulatedDisk(seed), step, fault);
                    tried++;
                }
            }
        }

        Assert.True(tried > 100, $"{tried}");
    }

    [Fact]
    public void Open_LineCutOffAnywhere_GoesOnBehindTheLastWholeOne()
    {
        Fill(3);
        byte[] whole = File.ReadAllBytes(Path);
        int second = LineEnd(whole, 2);
        for (int length = second; length < whole.Length; length += 37)
        {
            File.WriteAllBytes(Path, whole[..length]);
            using VerdictBook book = VerdictBook.Open(Path, Sample.Requester);
            Assert.Equal(2, book.Verdicts.Count);
            book.Append(Verdicts.Of(VerdictOutcome.Refuted, 9), Sample.Domain);
            Assert.Equal(3, VerdictBook.Read(File.ReadAllBytes(Path)).Count);
        }
    }

    /// <summary>One that was kept is never cut off because another before it is damaged.</summary>
    [Fact]
    public void Open_DamageBeforeAVerdict_IsRefused_AndLeftAsItIs()
    {
        Fill(3);
        byte[] content = File.ReadAllBytes(Path);
        foreach (int at in new[] { 20, LineEnd(content, 1) + 40 })
        {
            byte[] damaged = [.. content];
            damaged[at] ^= 1;
            File.WriteAllBytes(Path, damaged);
            Assert.Contains("damaged", Assert.Throws<VerdictException>(() => VerdictBook.Open(Path, Sample.Requester)).Message, StringComparison.Ordinal);
            Assert.Equal(damaged, File.ReadAllBytes(Path));
            Assert.Throws<FormatException>(() => VerdictBook.Read(damaged));
        }
    }

    [Fact]
    public void Read_LineLeftOutOrTurnedAround_IsFound()
    {
        Fill(3);
        string[] lines = File.ReadAllLines(Path);
        foreach (string[] changed in new[] { new[] { lines[0], lines[2] }, [lines[1], lines[2]], [lines[1], lines[0], lines[2]], [lines[0], lines[0]] })
        {
            Assert.Contains("follow", Assert.Throws<FormatException>(() => VerdictBook.Read(Encoding.UTF8.GetBytes(string.Concat(changed.Select(line => line + "\n"))))).Message, StringComparison.Ordinal);
        }
    }

    [Fact]
    public void Open_BookOfAnother_IsRefused()
    {
        Fill(1);
        Assert.Contains(Sample.Device.Address.ToString(), Assert.Throws<VerdictException>(() => VerdictBook.Open(Path, Sample.Device)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Open_WhileAnotherHasIt_IsRefused()
    {
        using VerdictBook book = VerdictBook.Open(Path, Sample.Requester);
        Assert.Throws<VerdictException>(() => VerdictBook.Open(Path, Sample.Requester));
    }

    private static int LineEnd(byte[] content, int lines)
    {
        int end = 0;
        for (int i = 0; i < lines; i++)
        {
            end += content.AsSpan(end).IndexOf((byte)'\n') + 1;
        }

        return end;
    }

    /// <returns>Steps taken by then.</returns>
    private static int Try(SimulatedDisk disk, int step, SimulatedDisk.Fault fault)
    {
        List<SignedVerdict> kept = [];
        using (var book = new VerdictBook(disk, Name, Sample.Requester, null))
        {
            disk.FailAt(step, fault);
            for (int receipt = 1; receipt <= 4; receipt++)
            {
                // Of other lengths, so that leftovers of one stick out behind another.
                if (Record.Exception(() => kept.Add(book.Append(Verdicts.Of(VerdictOutcome.Accepted, receipt) with { Reason = new string('x', 400 / receipt) }, Sample.Domain))) is { } exception)
                {
                    Assert.IsType<VerdictException>(exception);
                }
            }

            Assert.Equal(kept, book.Verdicts);
        }

        int steps = disk.Steps;
        disk.CutPower();
        using (var book = new VerdictBook(disk, Name, Sample.Requester, null))
        {
            Assert.Equal(kept, book.Verdicts.Take(kept.Count));
            Assert.InRange(book.Verdicts.Count, kept.Count, kept.Count + 1);
            kept = [.. book.Verdicts, book.Append(Verdicts.Of(VerdictOutcome.Rejected, 7), Sample.Domain)];
        }

        using var again = new VerdictBook(disk, Name, Sample.Requester, null);
        Assert.Equal(kept, again.Verdicts);
        return steps;
    }

    private void Fill(int count)
    {
        using VerdictBook book = VerdictBook.Open(Path, Sample.Requester);
        for (int receipt = 1; receipt <= count; receipt++)
        {
            book.Append(Verdicts.Of(VerdictOutcome.Accepted, receipt), Sample.Domain);
        }
    }
}
