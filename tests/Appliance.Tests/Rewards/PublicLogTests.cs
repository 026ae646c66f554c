using System.Net;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Appliance.Tests.Hosting;
using global::Rewards.Log;
using Xunit;

namespace Appliance.Tests.Rewards;

/// <summary>What anybody can see of the work of a box, and its owner beside it.</summary>
public sealed class PublicLogTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task FinishedSegments_AreEntriesThatAnybodyCanCheck()
    {
        await using TestAppliance appliance = await TestAppliance.StartAsync();
        foreach (int index in new[] { 3, 4, 5 })
        {
            await appliance.GetBytesAsync(appliance.Url("240p", $"{index}.m4s"));
        }

        await appliance.UntilLandedAsync();
        Checkpoint checkpoint = await UntilAsync(appliance, size: 3);
        NoteKey key = NoteKey.Parse((await TextAsync(appliance, "/v1/log/key")).TrimEnd('\n'));
        byte[][] entries = Split(await appliance.GetBytesAsync("/v1/log/tile/entries/000.p/3"));
        appliance.Client.DefaultRequestHeaders.Authorization = new("Bearer", appliance.Token);
        ProofBundle proof = ProofBundle.Parse(await appliance.GetBytesAsync("/v1/rewards/records/2/proof"));

        Assert.Equal(key.Name, checkpoint.Origin);
        Assert.Equal(1, proof.Index);
        Assert.Null(proof.Fault(entries[1], key, [], quorum: 0));
        Assert.NotNull(proof.Fault(entries[0], key, [], quorum: 0));
        Assert.Equal(entries.Select(entry => SHA256.HashData([0, .. entry])).SelectMany(hash => hash), await appliance.GetBytesAsync("/v1/log/tile/0/000.p/3"));

        // What the owner shows is what the entry is a commitment to, and nothing in the entry tells it.
        using JsonDocument opening = JsonDocument.Parse(proof.Extra);
        JsonElement record = opening.RootElement.GetProperty("record");
        byte[] salt = Convert.FromHexString(opening.RootElement.GetProperty("salt").GetString()!);
        string commitment = Convert.ToHexStringLower(SHA256.HashData([.. salt, .. Encoding.UTF8.GetBytes(record.GetRawText())]));
        string entry = Encoding.UTF8.GetString(entries[1]);
        Assert.StartsWith($$"""{"commitment":"{{commitment}}",""", entry, StringComparison.Ordinal);
        Assert.DoesNotContain(record.GetProperty("sourceFingerprint").GetString()!, entry, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("/v1/log/tile/0/000", HttpStatusCode.NotFound)]
    [InlineData("/v1/log/tile/0/000.p/200", HttpStatusCode.NotFound)]
    [InlineData("/v1/log/tile/entries/x001/000", HttpStatusCode.NotFound)]
    [InlineData("/v1/log/tile/0/0", HttpStatusCode.BadRequest)]
    [InlineData("/v1/log/tile/64/000", HttpStatusCode.BadRequest)]
    [InlineData("/v1/log/tile/0/000.p/256", HttpStatusCode.BadRequest)]
    [InlineData("/v1/log/tile/..%2f..%2fkeys", HttpStatusCode.BadRequest)]
    [InlineData("/v1/rewards/records/1/proof", HttpStatusCode.Unauthorized)]
    public async Task What_IsNotThere_IsRefused(string path, HttpStatusCode expected)
    {
        await using TestAppliance appliance = await TestAppliance.StartAsync();
        await appliance.GetBytesAsync(appliance.Url("240p", "3.m4s"));
        await appliance.UntilLandedAsync();
        await UntilAsync(appliance, size: 1);
        using HttpResponseMessage answer = await appliance.SendAsync(HttpMethod.Get, path);

        Assert.Equal(expected, answer.StatusCode);
    }

    /// <summary>A box that starts again goes on with its log; one whose keys were lost makes no others, says so, and plays.</summary>
    [Fact]
    public async Task Log_GoesOnAfterARestart_AndIsNotBegunAnewWithoutItsKeys()
    {
        using var folder = new ScratchFolder();
        Checkpoint first;
        await using (TestAppliance appliance = await TestAppliance.StartAsync(folder: folder))
        {
            await appliance.GetBytesAsync(appliance.Url("240p", "3.m4s"));
            await appliance.UntilLandedAsync();
            first = await UntilAsync(appliance, size: 1);
        }

        await using (TestAppliance appliance = await TestAppliance.StartAsync(folder: folder))
        {
            Assert.InRange((await UntilAsync(appliance, first.Size)).Size, first.Size, long.MaxValue);
            await appliance.GetBytesAsync(appliance.Url("240p", "15.m4s"));
            await appliance.UntilLandedAsync();
            Assert.Equal(first.Origin, (await UntilAsync(appliance, first.Size + 1)).Origin);
        }

        Directory.Delete(Path.Combine(folder.Path, "data", "keys"), recursive: true);
        await using (TestAppliance appliance = await TestAppliance.StartAsync(folder: folder))
        {
            using HttpResponseMessage none = await appliance.SendAsync(HttpMethod.Get, "/v1/log/checkpoint");
            JsonElement ready = await appliance.GetJsonAsync("/health/ready");

            Assert.Equal(HttpStatusCode.ServiceUnavailable, none.StatusCode);
            Assert.Equal("Work is not entered into books and log.", ready.GetProperty("detail").GetString());
            Assert.NotEmpty(await appliance.GetBytesAsync(appliance.Url("240p", "5.m4s")));
            Assert.Empty(Directory.GetFiles(Path.Combine(folder.Path, "data", "keys")));
        }
    }

    /// <summary>A ledger that is not the log's own, or is older: nothing is written over the difference, and the owner is told.</summary>
    [Fact]
    public async Task Log_BesideAnotherLedger_IsLeftAsItIs()
    {
        using var folder = new ScratchFolder();
        await using (TestAppliance appliance = await TestAppliance.StartAsync(folder: folder))
        {
            await appliance.GetBytesAsync(appliance.Url("240p", "3.m4s"));
            await appliance.UntilLandedAsync();
            await UntilAsync(appliance, size: 1);
        }

        foreach (string file in Directory.GetFiles(Path.Combine(folder.Path, "data"), "rewards.db*"))
        {
            File.Delete(file);
        }

        await using (TestAppliance appliance = await TestAppliance.StartAsync(folder: folder))
        {
            string before = await TextAsync(appliance, "/v1/log/checkpoint");
            using var patience = CancellationTokenSource.CreateLinkedTokenSource(Token);
            patience.CancelAfter(TimeSpan.FromSeconds(30));
            while ((await appliance.GetJsonAsync("/health/ready")).GetProperty("detail").GetString() is null)
            {
                await Task.Delay(10, patience.Token);
            }

            Assert.True(appliance.Accounts.IsStopped, appliance.Accounts.Refusal);
            Assert.NotEmpty(await appliance.GetBytesAsync(appliance.Url("240p", "15.m4s")));
            await appliance.UntilLandedAsync();
            Assert.Equal(before, await TextAsync(appliance, "/v1/log/checkpoint"));
        }
    }

    /// <summary>Segments may be made ahead of those that were asked for: they are entries too.</summary>
    private static async Task<Checkpoint> UntilAsync(TestAppliance appliance, long size)
    {
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(Token);
        patience.CancelAfter(TimeSpan.FromSeconds(30));
        while (true)
        {
            Checkpoint checkpoint = Checkpoint.Parse(SignedNote.Parse(await appliance.GetBytesAsync("/v1/log/checkpoint")).Text);
            if (checkpoint.Size >= size)
            {
                return checkpoint;
            }

            await Task.Delay(10, patience.Token);
        }
    }

    private static async Task<string> TextAsync(TestAppliance appliance, string path) => Encoding.UTF8.GetString(await appliance.GetBytesAsync(path));

    /// <summary>Each entry after its length (u16, big-endian).</summary>
    private static byte[][] Split(byte[] tile)
    {
        List<byte[]> entries = [];
        for (int at = 0; at < tile.Length; at += 2 + entries[^1].Length)
        {
            int length = (tile[at] << 8) | tile[at + 1];
            entries.Add(tile[(at + 2)..(at + 2 + length)]);
        }

        return [.. entries];
    }
}
