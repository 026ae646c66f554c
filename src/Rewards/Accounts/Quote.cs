using System.Security.Cryptography;
using System.Text.Json;
using System.Text.Json.Serialization;
using Rewards.Metering;
using Rewards.Signing;

namespace Rewards.Accounts;

/// <summary>What renditions would cost, said before they are made. It holds its own prices, so that it can be worked out again.</summary>
/// <param name="Bound">The most that will be charged, and what is reserved, 0 to <see cref="Amounts.Limit"/>.</param>
/// <param name="Expected">What will be charged where nothing is in the cache and decoding takes what is expected.</param>
/// <param name="ExpiresAt">Microseconds since 1970: from then on nothing is reserved by it.</param>
/// <param name="IssuedAt">Microseconds since 1970.</param>
/// <param name="Payee">Whose earnings it will be: the box.</param>
/// <param name="Prices">Those of the box when it was made.</param>
/// <param name="Renditions">1 to 64.</param>
/// <param name="Requester">Who pays.</param>
public sealed record Quote(
    Int128 Bound, Int128 Expected, long ExpiresAt, long IssuedAt, EthereumAddress Payee, PriceTable Prices, IReadOnlyList<QuotedRendition> Renditions,
    EthereumAddress Requester)
{
    /// <summary>Renditions that a quote may have.</summary>
    public const int RenditionLimit = 64;

    /// <summary>SHA-256 of <see cref="ToJson"/>: what the requester refers to it by.</summary>
    [JsonIgnore]
    public Hash256 Id => new(SHA256.HashData(ToJson()));

    /// <summary>A function of its arguments alone.</summary>
    /// <param name="requester">Who pays.</param>
    /// <param name="payee">Who earns.</param>
    /// <param name="renditions">1 to <see cref="RenditionLimit"/>.</param>
    /// <param name="prices">Of the box.</param>
    /// <param name="now">From 1970 on.</param>
    /// <exception cref="ArgumentException">There is no weight for a codec, a figure is outside its range, or the sum is.</exception>
    public static Quote Of(
        EthereumAddress requester, EthereumAddress payee, IReadOnlyList<QuotedRendition> renditions, PriceTable prices, DateTimeOffset now)
    {
        if (renditions.Count is 0 or > RenditionLimit || !renditions.All(rendition => rendition is { IsSound: true }))
        {
            throw new ArgumentException($"A quote is for 1 to {RenditionLimit} renditions whose figures are in their ranges.", nameof(renditions));
        }

        if (prices.Fault() is { } fault)
        {
            throw new ArgumentException(fault, nameof(prices));
        }

        Int128 expected = 0;
        Int128 bound = 0;
        foreach (QuotedRendition r in renditions)
        {
            (Int128 likely, Int128 most) = Price(r, prices);
            expected += likely;
            bound += most;
            // One rendition is below 10^37, so that no sum overflows before it is looked at.
            if (bound > Amounts.Limit)
            {
                throw new ArgumentException("These renditions cost more than 10^30 of the smallest unit.", nameof(renditions));
            }
        }

        long issued = Microseconds.Of(now);
        return new(bound, expected, issued + (prices.QuoteSeconds * 1_000_000L), issued, payee, prices, [.. renditions], requester);
    }

    /// <summary>The quote in the one form that its id is of.</summary>
    public byte[] ToJson() => JsonSerializer.SerializeToUtf8Bytes(this, AccountsJson.Plain.Quote);

    /// <summary>What first does not hold, for people; null where it is what <see cref="Of"/> makes of its own renditions and prices.</summary>
    internal string? Fault()
    {
        try
        {
            Quote again = Of(Requester, Payee, Renditions, Prices, Microseconds.ToInstant(IssuedAt));
            return again.Bound == Bound && again.Expected == Expected && again.ExpiresAt == ExpiresAt ? null : "The quote is not what its prices give.";
        }
        catch (Exception exception) when (exception is ArgumentException or OverflowException)
        {
            return exception.Message;
        }
    }

    private static (Int128 Expected, Int128 Bound) Price(QuotedRendition r, PriceTable prices)
    {
        try
        {
            WeightTable weights = WeightTable.Of(prices.WeightsVersion) ?? throw new ArgumentException($"Weights of version {prices.WeightsVersion} are not known.", nameof(prices));
            long likely = weights.WeightedPixels(r.Codec, r.BitDepth, r.PixelsIn, r.PixelsOut, r.Frames);
            long most = weights.WeightedPixels(r.Codec, r.BitDepth, r.PixelsInMost, r.PixelsOut, r.Frames);
            // A box may ask more for what it kept than for making it.
            return (r.Segments * prices.Made.Of(likely), r.Segments * Int128.Max(prices.Made.Of(most), prices.FromCache.Of(most)));
        }
        catch (OverflowException exception)
        {
            throw new ArgumentException("A segment of that many pixels and frames weighs more than can be counted.", nameof(r), exception);
        }
    }
}
