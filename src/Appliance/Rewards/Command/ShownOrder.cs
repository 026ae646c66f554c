using System.Globalization;
using System.Net;
using System.Text;
using System.Text.Json;
using Appliance.Rewards.Orders;
using Appliance.Startup;
using global::Rewards.Entries;
using global::Rewards.Log;
using global::Rewards.Metering;
using global::Rewards.Receipts;
using global::Rewards.Signing;

namespace Appliance.Rewards.Command;

/// <summary>An order as its box shows it to anybody who knows its number. Nothing of it is believed that is not signed, and of that only what adds up.</summary>
internal sealed class ShownOrder
{
    /// <summary>A record is in the log within moments of its receipt.</summary>
    private static readonly TimeSpan LongestWait = TimeSpan.FromMinutes(1);

    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(1);

    private readonly BoxClient box;
    private readonly string path;
    private readonly NoteKey log;
    private readonly HashSet<EthereumAddress> devices;

    private ShownOrder(BoxClient box, Hash256 quote, OrderResponse order, NoteKey log, KeyIdentity identity)
    {
        this.box = box;
        this.log = log;
        path = $"/v1/orders/{quote}";
        Quote = quote;
        Order = order;
        devices = [.. identity.All(KeyKind.Device).Select(device => EthereumAddress.Parse(device))];
    }

    public Hash256 Quote { get; }

    public OrderResponse Order { get; }

    /// <param name="box">Where it is.</param>
    /// <param name="quote">Its number.</param>
    /// <param name="logKey">The log's key as known from elsewhere; null takes the box's word for it.</param>
    /// <param name="cancellationToken">Ends the asking.</param>
    /// <exception cref="CommandStoppedException">The box does not answer, or not as a box does.</exception>
    public static async Task<ShownOrder> ReadAsync(BoxClient box, Hash256 quote, NoteKey? logKey, CancellationToken cancellationToken)
    {
        try
        {
            OrderResponse order = JsonSerializer.Deserialize(await box.GetAsync($"/v1/orders/{quote}", cancellationToken), RewardsJson.Default.OrderResponse)!;
            KeyIdentity identity = KeyIdentity.Parse(await box.GetAsync("/v1/identity", cancellationToken));
            NoteKey key = logKey ?? NoteKey.Parse(Encoding.UTF8.GetString(await box.GetAsync("/v1/log/key", cancellationToken)).TrimEnd('\n'));
            return identity.Fault() is { } fault ? throw new CommandStoppedException($"The box's keys do not hold: {fault}") : new(box, quote, order, key, identity);
        }
        catch (Exception exception) when (exception is JsonException or FormatException)
        {
            throw new CommandStoppedException($"The box does not answer as one does: {exception.Message}");
        }
    }

    /// <summary>All receipts there are by now.</summary>
    /// <exception cref="CommandStoppedException">One is not the box's, or not of this order.</exception>
    public async Task<IReadOnlyList<SignedReceipt>> ReceiptsAsync(CancellationToken cancellationToken)
    {
        List<SignedReceipt> receipts = [];
        try
        {
            for (long? after = 0; after is not null;)
            {
                using JsonDocument page = JsonDocument.Parse(await box.GetAsync(string.Create(CultureInfo.InvariantCulture, $"{path}/receipts?after={after}"), cancellationToken));
                foreach (JsonElement shown in page.RootElement.GetProperty("receipts").EnumerateArray())
                {
                    receipts.Add(Checked(ReceiptJson.Read(Encoding.UTF8.GetBytes(shown.GetProperty("receipt").GetRawText())), receipts.Count > 0 ? receipts[^1] : null));
                }

                JsonElement next = page.RootElement.GetProperty("next");
                after = next.ValueKind == JsonValueKind.Null ? null : next.GetInt64();
            }
        }
        catch (Exception exception) when (exception is JsonException or FormatException or InvalidOperationException or KeyNotFoundException)
        {
            throw new CommandStoppedException($"The box does not answer as one does: {exception.Message}");
        }

        return receipts;
    }

    /// <summary>Asks for the record of a receipt, with the proof that the log has it.</summary>
    /// <exception cref="CommandStoppedException">The box does not answer.</exception>
    public async Task<ShownWork> ShowAsync(SignedReceipt receipt, CancellationToken cancellationToken)
    {
        BoxAnswer answer;
        for (TimeSpan waited = TimeSpan.Zero; ; waited += Pause)
        {
            answer = await box.TryGetAsync(
                string.Create(CultureInfo.InvariantCulture, $"{path}/receipts/{receipt.Receipt.Seq}/proof"), BoxClient.DocumentBytes, cancellationToken);
            if (answer.Status != HttpStatusCode.ServiceUnavailable || waited >= LongestWait)
            {
                break;
            }

            await Task.Delay(Pause, cancellationToken);
        }

        return answer.Body is { } proof ? Show(receipt, proof) : new(receipt, null, $"The box shows no record of it: {answer.Refusal}", default);
    }

    private ShownWork Show(SignedReceipt receipt, byte[] proof)
    {
        try
        {
            ProofBundle bundle = ProofBundle.Parse(proof);
            byte[] checkpoint = Encoding.UTF8.GetBytes(bundle.Note.ToString());
            (WorkRecord record, byte[] salt) = WorkEntry.ReadOpening(bundle.Extra);
            WorkReceipt said = receipt.Receipt;
            string? fault = bundle.Fault(WorkEntry.Of(record, salt, receipt.Digest()), log, [], quorum: 0)
                ?? (WorkReceipt.Of(record, said.Device, said.Requester, said.JobId, said.Previous) == said ? null : "The receipt says something else than the record that it is for.");
            return new(receipt, fault is null ? record : null, fault, checkpoint);
        }
        catch (FormatException exception)
        {
            return new(receipt, null, exception.Message, default);
        }
    }

    /// <summary>What is not the box's is nothing to hold against it.</summary>
    private SignedReceipt Checked(SignedReceipt signed, SignedReceipt? before)
    {
        WorkReceipt receipt = signed.Receipt;
        string? fault = signed.Fault()
            ?? (!devices.Contains(receipt.Device) ? $"It is by {receipt.Device}, which does not sign for this box."
                : receipt.JobId != Quote ? "It is of another order."
                : before is not null && receipt.Seq <= before.Receipt.Seq ? "It does not come behind the one before it."
                : null);
        return fault is null ? signed : throw new CommandStoppedException($"Receipt {receipt.Seq} does not hold: {fault}");
    }
}
