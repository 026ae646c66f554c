using System.Globalization;
using System.Text.Json;
using Appliance.Startup;
using global::Rewards.Accounts;
using global::Rewards.Claims;
using global::Rewards.Settlement;
using global::Rewards.Signing;

namespace Appliance.Rewards.Command;

/// <summary>Verbs that a chain answers.</summary>
internal static class ChainVerbs
{
    private const long DefaultEpochSeconds = 86_400;

    public static async Task RunAsync(BoxClient box, RewardsOptions options, TextWriter output, CancellationToken cancellationToken)
    {
        using var chain = new ChainClient(options.Address("--rpc", null));
        // Whoever signs transactions, and pays for their gas.
        using DeviceKey payer = CommandKey.Read(options, "--payer");
        ulong id = await chain.ChainIdAsync(cancellationToken);
        if (options.Verb == "deploy")
        {
            await DeployAsync(chain, id, payer, options, output, cancellationToken);
            return;
        }

        RewardsStatus status = JsonSerializer.Deserialize(await box.GetAsync("/v1/rewards/status", cancellationToken), RewardsJson.Default.RewardsStatus)!;
        if (status.ChainId != id)
        {
            throw new CommandStoppedException($"The box is paid on chain {status.ChainId}, and this node is of chain {id}.");
        }

        (EpochRecord record, ClaimTree tree) = await BoxVerbs.EpochAsync(box, options.Number("--epoch"), cancellationToken);
        EthereumAddress contract = EthereumAddress.Parse(status.Contract);
        if (options.Verb == "epoch publish")
        {
            (Hash256 hash, _) = await chain.SendAsync(id, payer, contract, DistributorContract.CloseEpoch(record), cancellationToken);
            await output.WriteLineAsync($"Epoch {record.Epoch} is published by transaction {hash}.");
            return;
        }

        await ClaimAsync(chain, id, payer, contract, (record, tree), EthereumAddress.Parse(status.Payee), output, cancellationToken);
    }

    private static async Task ClaimAsync(
        ChainClient chain, ulong id, DeviceKey payer, EthereumAddress contract, (EpochRecord Record, ClaimTree Tree) epoch, EthereumAddress payee, TextWriter output,
        CancellationToken cancellationToken)
    {
        if (epoch.Tree.Prove(payee) is not var (claim, proof))
        {
            throw new CommandStoppedException($"{payee} has earned nothing by epoch {epoch.Record.Epoch}.");
        }

        Hash256 published = DistributorContract.ReadHash(await chain.CallAsync(contract, DistributorContract.Root(), cancellationToken));
        if (published != epoch.Record.Root)
        {
            throw new CommandStoppedException($"The contract's root is {published}, and that of epoch {epoch.Record.Epoch} is {epoch.Record.Root}: publish it first, with rewards epoch publish.");
        }

        UInt128 before = DistributorContract.ReadNumber(await chain.CallAsync(contract, DistributorContract.Paid(payee), cancellationToken));
        (Hash256 hash, _) = await chain.SendAsync(id, payer, contract, DistributorContract.Claim(claim, published, proof), cancellationToken);
        UInt128 after = DistributorContract.ReadNumber(await chain.CallAsync(contract, DistributorContract.Paid(payee), cancellationToken));
        await output.WriteLineAsync(string.Create(
            CultureInfo.InvariantCulture, $"{payee} was paid {after - before} by transaction {hash}; of {claim.Cumulative} earned, {after} are paid."));
    }

    private static async Task DeployAsync(ChainClient chain, ulong id, DeviceKey payer, RewardsOptions options, TextWriter output, CancellationToken cancellationToken)
    {
        EthereumAddress token = options.Account("--paid-token");
        if (!UInt128.TryParse(options.Required("--cap"), NumberStyles.None, CultureInfo.InvariantCulture, out UInt128 cap) || cap == 0)
        {
            throw new UsageException("--cap wants an amount from 1 on, in the token's smallest unit.");
        }

        byte[] deployment = DistributorContract.Deployment(token, payer.Address, cap, (ulong)(options.Number("--epoch-seconds") ?? DefaultEpochSeconds));
        (Hash256 hash, EthereumAddress? made) = await chain.SendAsync(id, payer, null, deployment, cancellationToken);
        await output.WriteLineAsync($"The contract is {made}, made by transaction {hash}; its owner is {payer.Address}. Name both in rewards.json: \"chainId\": {id}, \"contract\": \"{made}\".");
    }
}
