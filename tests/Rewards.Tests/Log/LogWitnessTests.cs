using System.Text;
using Rewards.Log;
using Rewards.Signing;
using Xunit;

namespace Rewards.Tests.Log;

public sealed class LogWitnessTests : IDisposable
{
    private static readonly LogKey Key = LogKey.FromSecret(Keccak256.Of("log"u8).ToArray());

    private static readonly NoteKey Verifier = new("log.example", NoteKey.PlainType, Key.PublicKey);

    private static readonly LogKey[] WitnessKeys = [.. new[] { "first", "second" }.Select(name => LogKey.FromSecret(Keccak256.Of(Encoding.ASCII.GetBytes(name)).ToArray()))];

    private readonly ScratchFolder _folder = new();

    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task Add_LogThatGrows_IsCosignedAndAccepted()
    {
        LogWitness first = Witness(0);
        LogWitness second = Witness(1);
        await using TransparencyLog log = Open("log", first, second);
        long seen = 0;
        foreach (int size in new[] { 0, 1, 5, 5, 300 })
        {
            await FillAsync(log, size, "entry");
            Ask(log, first, seen);
            Ask(log, second, seen);
            seen = log.Size;
        }

        Assert.Null(log.Prove(299).Fault("entry-299"u8, Verifier, [first.VerifierKey, second.VerifierKey], 2));
    }

    [Fact]
    public async Task Add_AnythingWrong_IsSaidAndNotCosigned()
    {
        LogWitness witness = Witness(0);
        await using TransparencyLog log = Open("log", witness);
        await FillAsync(log, 5, "entry");
        Ask(log, witness, 0);
        await FillAsync(log, 9, "entry");
        WitnessRequest good = log.RequestCosignature(5);
        string body = new Checkpoint("other.example", 9, log.Checkpoint.Root).Body;
        var unknown = new NoteKey("other.example", NoteKey.PlainType, Key.PublicKey);
        SignedNote small = Signed(3, log.Root(3));

        Outcome(WitnessOutcome.Malformed, "nothing");
        Outcome(WitnessOutcome.Malformed, good.ToString().Replace("old 5", "old 05", StringComparison.Ordinal));
        Outcome(WitnessOutcome.Malformed, (good with { Note = small }).ToString());
        Outcome(WitnessOutcome.UnknownLog, (good with { Note = new(body, [unknown.Sign(Key, body)]) }).ToString());
        Outcome(WitnessOutcome.NotSigned, (good with { Note = new(good.Note.Text, [Verifier.Sign(WitnessKeys[1], good.Note.Text)]) }).ToString());
        Outcome(WitnessOutcome.OtherSize, log.RequestCosignature(4).ToString());
        Outcome(WitnessOutcome.OtherSize, log.RequestCosignature(0).ToString());
        Outcome(WitnessOutcome.Inconsistent, (good with { Proof = [] }).ToString());
        Outcome(WitnessOutcome.Inconsistent, (good with { Proof = [.. good.Proof, MerkleHash.Empty] }).ToString());
        Outcome(WitnessOutcome.Forked, new WitnessRequest(5, [], Signed(5, MerkleHash.Empty)).ToString());
        // It cosigns what was right all along.
        Outcome(WitnessOutcome.Cosigned, good.ToString());

        void Outcome(WitnessOutcome outcome, string request) => Assert.Equal(outcome, witness.Add(Encoding.UTF8.GetBytes(request)).Outcome);
    }

    /// <summary>Each of two witnesses is shown a log of its own. Neither is accepted by the other, a quorum is not to be had, and the two
    /// cosigned checkpoints are the evidence.</summary>
    [Fact]
    public async Task Add_ForkShownToTwoWitnesses_GetsNoQuorumAndLeavesEvidence()
    {
        LogWitness first = Witness(0);
        LogWitness second = Witness(1);
        await using TransparencyLog log = Open("log", first, second);
        await using TransparencyLog fork = Open("fork", first, second);
        await FillAsync(log, 5, "entry");
        await FillAsync(fork, 5, "another");
        Ask(log, first, 0);
        Ask(fork, second, 0);

        Assert.Equal(WitnessOutcome.Forked, second.Add(Bytes(log.RequestCosignature(5))).Outcome);
        Assert.Throws<LogException>(() => log.AcceptCosignatures(Encoding.UTF8.GetBytes(fork.Note.ToString())));
        await FillAsync(log, 9, "entry");
        Assert.Equal(WitnessOutcome.Inconsistent, second.Add(Bytes(log.RequestCosignature(5))).Outcome);
        Assert.NotNull(log.Prove(3).Fault("entry-3"u8, Verifier, [first.VerifierKey, second.VerifierKey], 2));

        SignedNote[] evidence = [Assert.Single(log.CosignedNotes), Assert.Single(fork.CosignedNotes)];
        Assert.All(evidence, note => Assert.True(note.IsSignedBy(Verifier)));
        Checkpoint[] said = [.. evidence.Select(note => Checkpoint.Parse(note.Text))];
        Assert.Equal(said[0].Size, said[1].Size);
        Assert.NotEqual(said[0].Root, said[1].Root);
    }

    [Fact]
    public async Task Open_Again_RemembersWhatItSaw()
    {
        await using TransparencyLog log = Open("log", Witness(0));
        await FillAsync(log, 5, "entry");
        Ask(log, Witness(0), 0);

        WitnessAnswer answer = Witness(0).Add(Bytes(log.RequestCosignature(0)));

        Assert.Equal(new(WitnessOutcome.OtherSize, 5, null), answer);
    }

    [Fact]
    public void Open_DamagedMemory_IsRefused()
    {
        Witness(0);
        File.WriteAllText(Path.Combine(_folder.At("witness0"), "witnessed"), "7\nnothing");

        Assert.Throws<LogException>(() => Witness(0));
    }

    private LogWitness Witness(int number)
    {
        string path = Directory.CreateDirectory(_folder.At($"witness{number}")).FullName;
        return LogWitness.Open(path, $"witness.example/{number}", WitnessKeys[number], [Verifier], TimeProvider.System);
    }

    private TransparencyLog Open(string name, params LogWitness[] witnesses) => TransparencyLog.Open(
        Directory.CreateDirectory(_folder.At(name)).FullName,
        Key,
        new() { Origin = "log.example", Witnesses = [.. witnesses.Select(witness => witness.VerifierKey)] });

    private static async Task FillAsync(TransparencyLog log, int size, string what) => await Task.WhenAll(
        Enumerable.Range(0, size).Skip((int)log.Size).Select(i => log.AppendAsync(Encoding.ASCII.GetBytes($"{what}-{i}"), i, Cancelled)));

    private static void Ask(TransparencyLog log, LogWitness witness, long seen)
    {
        WitnessRequest request = log.RequestCosignature(seen);
        WitnessAnswer answer = witness.Add(Bytes(request));
        Assert.Equal(WitnessOutcome.Cosigned, answer.Outcome);
        Assert.Equal(1, log.AcceptCosignatures(request.With(Encoding.UTF8.GetBytes(answer.Cosignature + "\n"))));
    }

    private static byte[] Bytes(WitnessRequest request) => Encoding.UTF8.GetBytes(request.ToString());

    private static SignedNote Signed(long size, Hash256 root)
    {
        string body = new Checkpoint("log.example", size, root).Body;
        return new(body, [Verifier.Sign(Key, body)]);
    }
}
