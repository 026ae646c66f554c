using System.Text.Json;
using Appliance.Tests.Hosting;
using Appliance.Tests.Rewards.Witnesses;
using global::Rewards.Log;

namespace Appliance.Tests.Rewards;

/// <summary>A box whose keys are handed over goes on with the same log and books, and an auditor follows.</summary>
public sealed class HandOverTests
{
    [Fact]
    public async Task Keys_BothHandedOver_SignFromThenOn_AndTheAuditHolds()
    {
        await using WitnessedBox box = await WitnessedBox.MadeAsync(async made =>
        {
            using var requester = new Requester();
            (await requester.DepositAsync(made, "1000000000000")).Dispose();
            string order = await requester.OrderAsync(made, "240p");
            await requester.SettleAsync(made, order);
        });
        string device = await SignsAsAsync(box);

        // One that runs keeps its keys.
        Assert.Equal((1, true), Refused(await HandOverAsync(box, "log"), "in use by another process"));
        await box.StopAsync();

        (int code, string printed) = await HandOverAsync(box, "log");
        Assert.True(code == 0, printed);
        NoteKey next = NoteKey.Parse(printed.TrimEnd('\n').Split(' ')[^1]);
        Assert.Equal(box.Key.Name, next.Name);
        Assert.NotEqual(box.Key.Id, next.Id);
        (code, printed) = await HandOverAsync(box, "device");
        Assert.True(code == 0, printed);
        string kept = Path.Combine(box.Data, "keys", $"device.key.{device}");
        Assert.EndsWith($"which was kept as {kept}.\n", printed, StringComparison.Ordinal);
        Assert.True(File.Exists(kept));

        await box.StartAsync();
        await box.GrowAsync(2);
        SignedNote note = await box.NoteAsync();
        Assert.True(note.IsSignedBy(next));
        Assert.False(note.IsSignedBy(box.Key));
        Assert.NotEqual(device, await SignsAsAsync(box));
        Assert.Equal(2, (await box.Box.GetJsonAsync("/v1/identity")).GetProperty("handovers").GetArrayLength());
        JsonElement receipts = (await box.OwnersAsync("/v1/rewards/receipts?limit=1000")).GetProperty("receipts");
        Assert.Equal(2, receipts.EnumerateArray().Select(receipt => receipt.GetProperty("receipt").GetProperty("message").GetProperty("device").GetString()).Distinct().Count());

        Assert.StartsWith("Epoch 1 is closed", await box.CommandAsync("epoch", "close"), StringComparison.Ordinal);
        Assert.StartsWith("Everything adds up", await box.CommandAsync("audit", box.Box.BaseAddress.ToString(), "--log-key", next.ToString()), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("rewards hand-over wants device or log.")]
    [InlineData("rewards hand-over wants device or log.", "both")]
    public async Task HandOver_ToldNonsense_SaysWhat(string expected, params string[] arguments)
    {
        (int code, string printed) = await House.RunAsync(House.Program, ["rewards", "hand-over", .. arguments, "--data", "/nowhere"]);

        Assert.Equal((2, $"appliance: {expected}\n"), (code, printed));
    }

    private static async Task<string> SignsAsAsync(WitnessedBox box)
    {
        if (!box.Runs)
        {
            await box.StartAsync();
        }

        return (await box.OwnersAsync("/v1/rewards/status")).GetProperty("device").GetString()!;
    }

    private static Task<(int Code, string Printed)> HandOverAsync(WitnessedBox box, string which) =>
        House.RunAsync(House.Program, "rewards", "hand-over", which, "--data", box.Data);

    private static (int Code, bool Says) Refused((int Code, string Printed) answer, string why) => (answer.Code, answer.Printed.Contains(why, StringComparison.Ordinal));
}
