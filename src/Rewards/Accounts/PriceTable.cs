using System.Text.Json;
using Rewards.Metering;
using Rewards.Signing;

namespace Rewards.Accounts;

/// <summary>What a box asks for its work: its owner's data, published, one version for ever the same.</summary>
/// <param name="CreditLimit">How much a requester may have reserved or used beyond what he paid in, 0 to <see cref="Amounts.Limit"/>.</param>
/// <param name="FromCache">Price of a segment that was made before, for whomever. What it weighs is counted, not the bytes that are sent.</param>
/// <param name="Made">Price of a segment that had to be made.</param>
/// <param name="QuoteSeconds">How long a quote holds, 1 to 86,400.</param>
/// <param name="Unit">What one smallest unit is, in words: 1 to 200 printable ASCII characters without quote and backslash.</param>
/// <param name="Version">1 or more.</param>
/// <param name="WeightsVersion">Version of the <see cref="WeightTable"/> that pixels are weighted by.</param>
public sealed record PriceTable(
    Int128 CreditLimit, SegmentPrice FromCache, SegmentPrice Made, int QuoteSeconds, string Unit, int Version, int WeightsVersion)
{
    /// <summary>Bytes that a table may have.</summary>
    public const int LengthLimit = 4096;

    private const int UnitLimit = 200;
    private const int SecondsInADay = 86_400;

    /// <summary>What a box asks whose owner says nothing: one smallest unit a weighted pixel, nothing from the cache, no credit.</summary>
    public static PriceTable Default { get; } = Parse(PublishedDefault());

    /// <summary>The published bytes of <see cref="Default"/>.</summary>
    public static byte[] PublishedDefault()
    {
        using Stream stream = typeof(PriceTable).Assembly.GetManifestResourceStream("prices.v1.json")
            ?? throw new InvalidOperationException("The price table is missing from this build.");
        using var bytes = new MemoryStream();
        stream.CopyTo(bytes);
        return bytes.ToArray();
    }

    /// <exception cref="FormatException">The bytes are not a price table, or a field is outside its range; the message names it.</exception>
    public static PriceTable Parse(ReadOnlySpan<byte> json)
    {
        if (json.Length > LengthLimit)
        {
            throw new FormatException($"A price table has at most {LengthLimit} bytes; this has {json.Length}.");
        }

        try
        {
            PriceTable table = JsonSerializer.Deserialize(json, AccountsJson.Plain.PriceTable) ?? throw new FormatException("The price table is empty.");
            return table.Fault() is { } fault ? throw new FormatException(fault) : table;
        }
        catch (JsonException exception)
        {
            throw new FormatException($"The price table is not the JSON it should be, at {exception.Path}: {exception.Message}", exception);
        }
    }

    /// <summary>The table in the canonical form of RFC 8785.</summary>
    public byte[] ToJson() => JsonSerializer.SerializeToUtf8Bytes(this, AccountsJson.Plain.PriceTable);

    /// <summary>What a delivery of so many weighted pixels costs.</summary>
    public Int128 Of(DeliveryKind kind, long weightedPixels) => (kind == DeliveryKind.Made ? Made : FromCache).Of(weightedPixels);

    /// <summary>What first is outside its range, for people; null where nothing is.</summary>
    internal string? Fault() =>
        CreditLimit < 0 || CreditLimit > Amounts.Limit ? "The price table's creditLimit must be 0 to 10^30."
            : !FromCache.IsSound ? "The price table's fromCache must have a minimum of 0 to 10^30 and a perWeightedPixel of 0 to 10^15."
            : !Made.IsSound ? "The price table's made must have a minimum of 0 to 10^30 and a perWeightedPixel of 0 to 10^15."
            : QuoteSeconds is < 1 or > SecondsInADay ? $"The price table's quoteSeconds must be 1 to {SecondsInADay}."
            : !PlainText.IsPlain(Unit, 1, UnitLimit) ? $"The price table's unit must be 1 to {UnitLimit} printable ASCII characters without quote and backslash."
            : Version < 1 ? "The price table's version must be 1 or more."
            : WeightTable.Of(WeightsVersion) is null ? $"The price table is for weights of version {WeightsVersion}, which this build does not know: its newest is {WeightTable.Current.Version}."
            : null;
}
