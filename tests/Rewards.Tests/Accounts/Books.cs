using Rewards.Accounts;
using Rewards.Signing;

namespace Rewards.Tests.Accounts;

/// <summary>Parties, prices and orders as the tests bring them.</summary>
internal static class Books
{
    public static readonly EthereumAddress Box = Address(0xB0);

    public static readonly EthereumAddress Ann = Address(1);

    public static readonly EthereumAddress Bob = Address(2);

    /// <summary>A unit a weighted pixel, a tenth of that from the cache, a credit of 500.</summary>
    public static readonly PriceTable Prices = new(500, new(0, 100), new(10, 1000), 900, "a thousandth", 3, 1);

    public static EthereumAddress Address(byte digit) => new(Enumerable.Repeat(digit, EthereumAddress.Length).ToArray());

    /// <summary>For some segments of just so many weighted pixels each.</summary>
    public static Quote Quote(EthereumAddress requester, TimeProvider time, int segments = 1, int pixels = 1000, PriceTable? prices = null, EthereumAddress? payee = null) =>
        Rewards.Accounts.Quote.Of(
            requester, payee ?? Box, [new QuotedRendition(8, "h264", 1, 0, 0, pixels, segments)], prices ?? Prices, time.GetUtcNow());

    public static SettleOrder Settle(string reservation, params (long Work, DeliveryKind Kind, long Pixels)[] deliveries) =>
        new([.. deliveries.Select(delivery => new Delivery(delivery.Work, delivery.Kind, delivery.Pixels))], reservation);
}
