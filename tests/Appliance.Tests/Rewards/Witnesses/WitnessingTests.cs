using System.Text;
using System.Text.Json;
using Appliance.Tests.Hosting;
using global::Rewards.Log;

namespace Appliance.Tests.Rewards.Witnesses;

/// <summary>A box has its log cosigned by real witnesses over HTTP.</summary>
public sealed class WitnessingTests
{
    private const string TwoLogs = "there are two logs under this box's key, or it was put back to an older day.";

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Log_WithTwoWitnesses_IsCosignedByBoth_AndStaysSo()
    {
        await using WitnessedBox box = await WitnessedBox.MadeAsync();
        await using ServedWitness first = await ServedWitness.StartAsync(box.Key);
        await using ServedWitness second = await ServedWitness.StartAsync(box.Key);
        await box.StartAsync(first.Setting, second.Setting);
        await box.UntilCosignedAsync(first.Key, second.Key);
        await box.GrowAsync(3);
        SignedNote note = await box.UntilCosignedAsync(first.Key, second.Key);
        long size = Checkpoint.Parse(note.Text).Size;

        Assert.Equal(3, note.Signatures.Count);
        Assert.True(note.IsSignedBy(box.Key));
        JsonElement standing = await box.UntilSaysAsync(first.Key.Name, null);
        Assert.Equal(size, standing.GetProperty("size").GetInt64());
        Assert.Equal(first.Url, standing.GetProperty("url").GetString());
        DateTimeOffset at = note.Signatures.Single(signature => signature.IsOf(first.Key)).CosignedAt!.Value;
        Assert.Equal(at, standing.GetProperty("at").GetDateTimeOffset());
        Assert.Contains($"witness       {second.Key.Name} cosigned the first {size} entries, on ", await box.CommandAsync("status"), StringComparison.Ordinal);

        // Proofs go by what was cosigned.
        ProofBundle proof = ProofBundle.Parse(Encoding.UTF8.GetBytes(await box.OwnersTextAsync("/v1/rewards/records/1/proof")));
        byte[] entries = await box.Box.GetBytesAsync("/v1/log/tile/entries/000.p/1");
        Assert.Null(proof.Fault(entries.AsSpan(2), box.Key, [first.Key, second.Key], quorum: 2));

        await first.GoAsync();
        await second.GoAsync();
        await box.StopAsync();
        await box.StartAsync();
        SignedNote kept = await box.NoteAsync();
        Assert.Equal(note.ToString(), kept.ToString());
        Assert.Equal(size, (await box.StandingAsync(second.Key.Name)).GetProperty("size").GetInt64());
        Assert.Equal(
            [$"Information: The witness {first.Key.Name} cosigns the log, now at size ", $"Information: The witness {second.Key.Name} cosigns the log, now at size "],
            box.Told.Select(line => line[..(line.LastIndexOf(' ') + 1)]).Order(StringComparer.Ordinal).OrderBy(line => line.Contains(second.Key.Name, StringComparison.Ordinal)));
    }

    /// <summary>By the published texts and Ed25519 of others; and a witness that is written in another language, after the same texts.</summary>
    [Fact]
    public async Task Log_WithAWitnessThatIsNotOurs_IsCosigned_AndOthersVerifyIt()
    {
        string judge = Scripts.OfOracles("rewards", "cosignatures.mjs");
        await using WitnessedBox box = await WitnessedBox.MadeAsync();
        await using ServedWitness ours = await ServedWitness.StartAsync(box.Key);
        await using ForeignWitness theirs = await ForeignWitness.StartAsync(box.Key);
        await box.StartAsync(ours.Setting, theirs.Setting);
        await box.UntilCosignedAsync(ours.Key, theirs.Key);
        foreach (int more in new[] { 1, 2, 5 })
        {
            await box.GrowAsync(more);
            await box.UntilCosignedAsync(ours.Key, theirs.Key);
        }

        SignedNote note = await box.UntilCosignedAsync(ours.Key, theirs.Key);
        NoteKey[] keys = [box.Key, ours.Key, theirs.Key, OddWitness.Key];
        string[] said = [.. keys.Select((key, index) => $"{key.Name} {(index < 3 ? "signed" : "did not")}")];
        Assert.Equal(said, await ForeignWitness.AskAsync(judge, new { note = note.ToString(), keys = keys.Select(key => key.ToString()) }));

        // It does not say so of anything: a time that is another's does not hold.
        NoteSignature cosignature = note.Signatures.Single(signature => signature.IsOf(ours.Key));
        byte[] later = cosignature.Bytes.ToArray();
        later[7] ^= 1;
        var forged = new SignedNote(note.Text, [.. note.Signatures.Where(signature => signature != cosignature), cosignature with { Bytes = later }]);
        Assert.Equal([$"{ours.Key.Name} did not"], await ForeignWitness.AskAsync(judge, new { note = forged.ToString(), keys = new[] { ours.Key.ToString() } }));
    }

    /// <summary>It cosigned, and the box was killed before that was on its disk.</summary>
    [Fact]
    public async Task Witness_AheadOfWhatTheBoxKept_IsAskedAgainAndKept()
    {
        await using WitnessedBox box = await WitnessedBox.MadeAsync();
        await using ServedWitness witness = await ServedWitness.StartAsync(box.Key);
        await box.StartAsync(witness.Setting);
        await box.UntilCosignedAsync(witness.Key);
        await box.StopAsync();
        File.Delete(Path.Combine(box.Data, "log", "cosigned"));

        await box.StartAsync();
        SignedNote note = await box.UntilCosignedAsync(witness.Key);
        Assert.Equal(Checkpoint.Parse(note.Text).Size, (await box.UntilSaysAsync(witness.Key.Name, null)).GetProperty("size").GetInt64());
        Assert.DoesNotContain(box.Told, line => line.StartsWith("Warning", StringComparison.Ordinal));
    }

    /// <summary>It cosigned, and its answer was lost on the way.</summary>
    [Fact]
    public async Task Witness_WhoseAnswerIsLost_IsAskedAgainAndKept()
    {
        await using WitnessedBox box = await WitnessedBox.MadeAsync();
        int lost = 0;
        LogWitness? judge = null;
        using var state = new ScratchFolder();
        judge = LogWitness.Open(state.Path, OddWitness.Key.Name, OddWitness.Secret, [box.Key], TimeProvider.System);
        await using OddWitness witness = await OddWitness.StartAsync(async (context, request) =>
        {
            WitnessAnswer answer = judge.Add(Encoding.UTF8.GetBytes(request.ToString()));
            if (answer.Outcome == WitnessOutcome.Cosigned && Interlocked.Exchange(ref lost, 1) == 0)
            {
                context.Abort();
                return;
            }

            await (answer.Outcome == WitnessOutcome.Cosigned
                ? OddWitness.WriteAsync(context, 200, $"{answer.Cosignature}\n")
                : OddWitness.WriteAsync(context, 409, $"{answer.Size}\n"));
        });
        await box.StartAsync((OddWitness.Key, witness.Url));
        await box.UntilCosignedAsync(OddWitness.Key);

        Assert.Equal(1, lost);
        Assert.Equal(3, witness.Asked);
        await Until.HoldsAsync(() => box.Told.Count == 2);
        Assert.Equal(["Warning", "Information"], box.Told.Select(line => line.Split(':')[0]));
    }

    /// <summary>It was put back to an older day, and says so (409).</summary>
    [Fact]
    public async Task Witness_BehindWhatTheBoxKept_IsAskedFromItsOwnSize()
    {
        await using WitnessedBox box = await WitnessedBox.MadeAsync();
        await using ServedWitness witness = await ServedWitness.StartAsync(box.Key);
        await box.StartAsync(witness.Setting);
        await box.UntilCosignedAsync(witness.Key);
        byte[] early = await File.ReadAllBytesAsync(witness.Memory, Token);
        await box.GrowAsync(3);
        await box.UntilCosignedAsync(witness.Key);
        await witness.GoAsync();
        await File.WriteAllBytesAsync(witness.Memory, early, Token);
        await witness.ComeAsync();
        await box.GrowAsync(3);

        SignedNote note = await box.UntilCosignedAsync(witness.Key);
        Assert.Equal(Checkpoint.Parse(note.Text).Size, (await box.UntilSaysAsync(witness.Key.Name, null)).GetProperty("size").GetInt64());
    }

    [Fact]
    public async Task Witness_Away_HoldsUpNobody_AndIsAskedAgain()
    {
        await using WitnessedBox box = await WitnessedBox.MadeAsync();
        await using ServedWitness here = await ServedWitness.StartAsync(box.Key);
        await using ServedWitness away = await ServedWitness.StartAsync(box.Key);
        await away.GoAsync();
        await box.StartAsync(away.Setting, here.Setting);
        JsonElement standing = await box.UntilSaysAsync(away.Key.Name, "It cannot be reached: Connection refused.");
        Assert.Equal(0, standing.GetProperty("size").GetInt64());
        Assert.Equal(JsonValueKind.Null, standing.GetProperty("at").ValueKind);
        Assert.Contains($"{away.Key.Name} has cosigned nothing yet. Not now: It cannot be reached: Connection refused.", await box.CommandAsync("status"), StringComparison.Ordinal);
        await box.GrowAsync(1);
        SignedNote note = await box.UntilCosignedAsync(here.Key);
        Assert.Equal(2, note.Signatures.Count);

        await away.ComeAsync();
        Assert.Equal(3, (await box.UntilCosignedAsync(here.Key, away.Key)).Signatures.Count);
        await box.UntilSaysAsync(away.Key.Name, null);
        Assert.Equal(["Warning", "Information"], box.Told.Where(line => line.Contains(away.Key.Name, StringComparison.Ordinal)).Select(line => line.Split(':')[0]));
    }

    /// <summary>One of two boxes with the same key had its log witnessed. The other has other entries.</summary>
    [Fact]
    public async Task Fork_IsNotCosigned_AndTheBoxSaysSo()
    {
        await using WitnessedBox box = await WitnessedBox.MadeAsync();
        await using WitnessedBox fork = await box.CopyAsync();
        await using ServedWitness witness = await ServedWitness.StartAsync(box.Key);
        await box.StartAsync(witness.Setting);
        await box.GrowAsync(5);
        long seen = Checkpoint.Parse((await box.UntilCosignedAsync(witness.Key)).Text).Size;
        await box.StopAsync();

        await fork.StartAsync(witness.Setting);
        await fork.UntilSaysAsync(witness.Key.Name, $"It says it cosigned this log at size {seen}, and the log ends before that: {TwoLogs}");
        Assert.True(await fork.GrowAsync((int)(seen + 1 - (await fork.LastAsync()).Size)) > seen);
        await fork.UntilSaysAsync(witness.Key.Name, $"What it cosigned at size {seen} is not the beginning of this log (422): {TwoLogs}");
        await fork.GrowAsync(2);
        Assert.Single((await fork.NoteAsync()).Signatures);
        Assert.Contains(fork.Told, line => line.StartsWith("Error: The witness ", StringComparison.Ordinal));
        Assert.Equal(JsonValueKind.Null, (await fork.OwnersAsync("/v1/rewards/status")).GetProperty("refusal").ValueKind);
        await fork.StopAsync();

        // The one that was witnessed goes on.
        await box.StartAsync();
        await box.GrowAsync(1);
        await box.UntilCosignedAsync(witness.Key);
    }
}
