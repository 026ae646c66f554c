using Appliance.Tests.Hosting;

namespace Appliance.Tests.Rewards;

/// <summary>The whole way of the money, by a requester who is not us and on a real chain.</summary>
public sealed class SettlementTests(MadeFilm film)
{
    private static readonly string[] Expected =
    [
        "epoch closed before anything was earned: status 1: appliance: Nothing has been earned: there is nothing to claim.",
        "the order: done",
        "paid in is what is left and what was charged: true",
        "epoch closed: Epoch 1 is closed",
        "claimed before it is published: publish it first",
        "epoch published: Epoch 1 is published",
        "the box holds what was charged: true",
        "claimed again: status 1: appliance: The account has been paid all of it.",
        "published again: status 1: appliance: The epoch that would follow has another number.",
        "the box holds what was charged: true",
        "audited: Everything adds up",
        "asked with another key: status 1: appliance: There is no such key.",
    ];

    [Fact]
    public async Task Work_IsPaidByTheContract_OnceAndNotMore()
    {
        string script = Scripts.OfOracles("rewards", "settlement.mjs");
        Assert.SkipUnless(
            Directory.Exists(House.At("tests", "oracles", "node_modules", "@foundry-rs", "anvil-linux-amd64")), "The chain (@foundry-rs/anvil-linux-amd64) is not made for this machine.");
        using var scratch = new ScratchFolder();
        (int code, string printed) = await House.RunAsync("node", script, "--program", House.Program, await film.BriefAsync(scratch.Path, seconds: 8));

        Assert.True(code == 0, printed);
        Assert.Equal(Expected, printed.TrimEnd('\n').Split('\n'));
    }
}
