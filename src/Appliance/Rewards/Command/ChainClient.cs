using System.Globalization;
using System.Net.Http.Headers;
using System.Text.Json;
using Appliance.Startup;
using global::Rewards.Settlement;
using global::Rewards.Signing;

namespace Appliance.Rewards.Command;

/// <summary>Asks a node of a chain (Ethereum JSON-RPC), and has it take up transactions.</summary>
internal sealed class ChainClient(Uri node) : IDisposable
{
    /// <summary>Paid to whoever takes a transaction up, in wei a unit of gas: the usual.</summary>
    private const ulong PriorityFee = 1_000_000_000;

    /// <summary>A transaction is taken up within some blocks, or its fee is too low.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(5);

    private static readonly TimeSpan BetweenLooks = TimeSpan.FromMilliseconds(500);

    private readonly HttpClient client = new() { Timeout = TimeSpan.FromSeconds(30) };

    public async Task<ulong> ChainIdAsync(CancellationToken cancellationToken) => (ulong)Number(await AskAsync("eth_chainId", "", cancellationToken));

    /// <summary>What a contract answers.</summary>
    /// <exception cref="CommandStoppedException">It refuses, or the node does not answer.</exception>
    public async Task<byte[]> CallAsync(EthereumAddress contract, byte[] call, CancellationToken cancellationToken)
    {
        string answer = await AskAsync("eth_call", $$"""{"to":"{{contract}}","data":"{{Hex(call)}}"},"latest" """, cancellationToken);
        return answer.Length > 2 ? Convert.FromHexString(answer.AsSpan(2)) : throw new CommandStoppedException($"There is no such contract at {contract}.");
    }

    /// <summary>Sends a transaction, and waits until it is taken up.</summary>
    /// <param name="chain">Its number.</param>
    /// <param name="sender">Signs and pays the fee.</param>
    /// <param name="to">Whom it calls; null where it makes a contract.</param>
    /// <param name="data">The call, or the contract to make.</param>
    /// <param name="cancellationToken">Ends the wait; the transaction may be taken up all the same.</param>
    /// <returns>Its hash, and where it makes a contract, that one's address.</returns>
    /// <exception cref="CommandStoppedException">It is refused, or not taken up in time.</exception>
    public async Task<(Hash256 Hash, EthereumAddress? Made)> SendAsync(
        ulong chain, DeviceKey sender, EthereumAddress? to, byte[] data, CancellationToken cancellationToken)
    {
        string target = to is { } contract ? $"\"to\":\"{contract}\"," : "";
        UInt128 gas = Number(await AskAsync("eth_estimateGas", $$"""{"from":"{{sender.Address}}",{{target}}"data":"{{Hex(data)}}"}""", cancellationToken));
        UInt128 price = Number(await AskAsync("eth_gasPrice", "", cancellationToken));
        ulong nonce = (ulong)Number(await AskAsync("eth_getTransactionCount", $"\"{sender.Address}\",\"pending\"", cancellationToken));
        // Base fees rise by an eighth a block at most (EIP-1559): twice the price holds for five blocks.
        var transaction = new ChainTransaction(chain, nonce, PriorityFee, (2 * price) + PriorityFee, (ulong)gas + ((ulong)gas / 4), to, data);
        (byte[] raw, Hash256 hash) = transaction.Sign(sender);
        await AskAsync("eth_sendRawTransaction", $"\"{Hex(raw)}\"", cancellationToken);
        await UntilTakenUpAsync(hash, cancellationToken);
        return (hash, to is null ? ChainTransaction.ContractAddress(sender.Address, nonce) : null);
    }

    public void Dispose() => client.Dispose();

    private async Task UntilTakenUpAsync(Hash256 hash, CancellationToken cancellationToken)
    {
        DateTimeOffset until = DateTimeOffset.UtcNow + Patience;
        while (DateTimeOffset.UtcNow < until)
        {
            if (await ReceiptAsync(hash, cancellationToken) is { } succeeded)
            {
                if (!succeeded)
                {
                    throw new CommandStoppedException($"The transaction {hash} was taken up, and failed.");
                }

                return;
            }

            await Task.Delay(BetweenLooks, cancellationToken);
        }

        throw new CommandStoppedException($"The transaction {hash} was not taken up in {Patience.TotalMinutes} minutes; it may be yet.");
    }

    private async Task<bool?> ReceiptAsync(Hash256 hash, CancellationToken cancellationToken)
    {
        using JsonDocument answer = await SendAsync("eth_getTransactionReceipt", $"\"{hash}\"", cancellationToken);
        return answer.RootElement.GetProperty("result") is { ValueKind: JsonValueKind.Object } receipt ? receipt.GetProperty("status").GetString() == "0x1" : null;
    }

    private async Task<string> AskAsync(string method, string parameters, CancellationToken cancellationToken)
    {
        using JsonDocument answer = await SendAsync(method, parameters, cancellationToken);
        return answer.RootElement.GetProperty("result").GetString() ?? throw new CommandStoppedException($"{node} answers {method} with nothing.");
    }

    private async Task<JsonDocument> SendAsync(string method, string parameters, CancellationToken cancellationToken)
    {
        try
        {
            using var content = new ByteArrayContent(System.Text.Encoding.UTF8.GetBytes($$"""{"jsonrpc":"2.0","id":1,"method":"{{method}}","params":[{{parameters}}]}"""));
            content.Headers.ContentType = new MediaTypeHeaderValue("application/json");
            using HttpResponseMessage response = await client.PostAsync(node, content, cancellationToken);
            JsonDocument answer = JsonDocument.Parse(await response.Content.ReadAsByteArrayAsync(cancellationToken));
            if (answer.RootElement.TryGetProperty("error", out JsonElement error))
            {
                using (answer)
                {
                    throw new CommandStoppedException(WhyRefused(error));
                }
            }

            return answer;
        }
        catch (Exception exception) when (exception is HttpRequestException or JsonException or KeyNotFoundException)
        {
            throw new CommandStoppedException($"{node} does not answer as a node of a chain does: {exception.Message}");
        }
        catch (TaskCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            throw new CommandStoppedException($"{node} does not answer in time.");
        }
    }

    /// <summary>In the contract's words, where it was the contract.</summary>
    private static string WhyRefused(JsonElement error)
    {
        string? data = error.TryGetProperty("data", out JsonElement given) && given.ValueKind == JsonValueKind.String ? given.GetString() : null;
        return data is { Length: > 2 } && DistributorContract.WhyRefused(Convert.FromHexString(data.AsSpan(2))) is { } why
            ? why
            : $"The chain refuses: {(error.TryGetProperty("message", out JsonElement message) ? message.GetString() : "it does not say why")}";
    }

    private static UInt128 Number(string hexadecimal) =>
        UInt128.TryParse(hexadecimal.AsSpan(2), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out UInt128 number)
            ? number
            : throw new CommandStoppedException($"The chain answers {hexadecimal} where a number was asked for.");

    private static string Hex(byte[] bytes) => "0x" + Convert.ToHexStringLower(bytes);
}
