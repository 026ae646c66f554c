using System.Globalization;
using System.Text.Json;
using Appliance.Rewards.Log.Witnesses;
using Appliance.Startup;
using global::Rewards.Claims;

namespace Appliance.Rewards.Command;

/// <summary>Verbs that a box answers.</summary>
internal static class BoxVerbs
{
    public static async Task StatusAsync(BoxClient box, TextWriter output, CancellationToken cancellationToken)
    {
        RewardsStatus status = JsonSerializer.Deserialize(await box.GetAsync("/v1/rewards/status", cancellationToken), RewardsJson.Default.RewardsStatus)!;
        if (status.Refusal is not null)
        {
            await output.WriteLineAsync($"Nothing is entered: {status.Refusal}");
        }

        await output.WriteLineAsync($"signs as      {status.Device ?? "nobody"}");
        await output.WriteLineAsync($"earns as      {status.Payee ?? "nobody"}");
        await output.WriteLineAsync($"chain         {status.ChainId}, contract {status.Contract}");
        await output.WriteLineAsync(string.Create(CultureInfo.InvariantCulture, $"receipts      {status.LastReceipt}"));
        await output.WriteLineAsync(string.Create(CultureInfo.InvariantCulture, $"log           {status.LogSize} entries"));
        await output.WriteLineAsync(string.Create(CultureInfo.InvariantCulture, $"last epoch    {status.LastEpoch}"));
        await output.WriteLineAsync($"earned        {status.Earned}");
        await output.WriteLineAsync($"claimable     {status.Claimable}");
        await output.WriteLineAsync($"unit          {status.Unit}");
        foreach (WitnessStanding witness in status.Witnesses)
        {
            await output.WriteLineAsync($"witness       {witness.Name} {Cosigned(witness)}{(witness.Trouble is null ? "" : $" Not now: {witness.Trouble}")}");
        }
    }

    public static async Task CloseAsync(BoxClient box, TextWriter output, CancellationToken cancellationToken)
    {
        EpochRecord record = Record(await box.PostAsync("/v1/rewards/epochs", cancellationToken));
        await output.WriteLineAsync(string.Create(
            CultureInfo.InvariantCulture, $"Epoch {record.Epoch} is closed: root {record.Root}, over the log's first {record.LogSize} entries (root {record.LogRoot})."));
    }

    public static async Task ClaimsAsync(BoxClient box, RewardsOptions options, TextWriter output, CancellationToken cancellationToken)
    {
        (EpochRecord record, ClaimTree tree) = await EpochAsync(box, options.Number("--epoch"), cancellationToken);
        await output.WriteLineAsync(string.Create(CultureInfo.InvariantCulture, $"epoch {record.Epoch}, root {record.Root}"));
        foreach (Claim claim in tree.Claims.ToArray())
        {
            await output.WriteLineAsync(string.Create(CultureInfo.InvariantCulture, $"{claim.Account} {claim.Cumulative}"));
        }
    }

    /// <summary>An epoch and its claims, which give its root.</summary>
    /// <exception cref="CommandStoppedException">There is none, or they do not.</exception>
    public static async Task<(EpochRecord Record, ClaimTree Tree)> EpochAsync(BoxClient box, long? epoch, CancellationToken cancellationToken)
    {
        EpochRecord record = Record(await box.GetAsync(string.Create(CultureInfo.InvariantCulture, $"/v1/epochs/{(epoch is { } number ? number : "last")}"), cancellationToken));
        byte[] claims = await box.GetAsync(string.Create(CultureInfo.InvariantCulture, $"/v1/epochs/{record.Epoch}/claims"), cancellationToken);
        try
        {
            ClaimTree tree = ClaimTreeJson.Read(claims);
            return tree.Root == record.Root ? (record, tree) : throw new CommandStoppedException($"The box's claims do not give the root of epoch {record.Epoch}.");
        }
        catch (FormatException exception)
        {
            throw new CommandStoppedException($"The box's claims cannot be read: {exception.Message}");
        }
    }

    private static string Cosigned(WitnessStanding witness) => witness.Size == 0
        ? "has cosigned nothing yet."
        : string.Create(CultureInfo.InvariantCulture, $"cosigned the first {witness.Size} entries{(witness.At is { } at ? $", on {at:yyyy-MM-dd} at {at:HH:mm:ss} UTC" : "")}.");

    private static EpochRecord Record(byte[] json)
    {
        try
        {
            return EpochRecord.Parse(json);
        }
        catch (FormatException exception)
        {
            throw new CommandStoppedException($"The box's epoch cannot be read: {exception.Message}");
        }
    }
}
