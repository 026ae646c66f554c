using System.Text.Json.Serialization;
using Rewards.Signing;

namespace Rewards.Accounts;

/// <summary>Something that is to be entered into the books.</summary>
[JsonPolymorphic(TypeDiscriminatorPropertyName = "$kind")]
[JsonDerivedType(typeof(DepositOrder), "deposit")]
[JsonDerivedType(typeof(ReserveOrder), "reserve")]
[JsonDerivedType(typeof(SettleOrder), "settle")]
[JsonDerivedType(typeof(ReleaseOrder), "release")]
[JsonDerivedType(typeof(WithdrawOrder), "withdraw")]
public abstract record BookOrder
{
    /// <summary>What is outside its range, for people; null where nothing is.</summary>
    internal abstract string? Fault();
}

/// <summary>A requester paid in.</summary>
/// <param name="Amount">1 to <see cref="Amounts.Limit"/>.</param>
/// <param name="Reference">What shows it, as the hash of a transaction: up to 128 plain characters.</param>
/// <param name="Requester">Who.</param>
public sealed record DepositOrder(Int128 Amount, string Reference, EthereumAddress Requester) : BookOrder
{
    internal override string? Fault() => TransferFault(Amount, Reference, Requester);

    internal static string? TransferFault(Int128 amount, string reference, EthereumAddress requester) =>
        amount < 1 || amount > Amounts.Limit ? "An amount must be 1 to 10^30."
            : !PlainText.IsPlain(reference, 0, PlainText.Limit) ? "A reference must be up to 128 printable ASCII characters without quote and backslash."
            : requester == EthereumAddress.Zero ? "A requester must be somebody."
            : null;
}

/// <summary>Money is held for work that was quoted, before it begins.</summary>
/// <param name="Quote">Holds until it expires.</param>
public sealed record ReserveOrder(Quote Quote) : BookOrder
{
    internal override string? Fault() =>
        Quote.Requester == EthereumAddress.Zero || Quote.Payee == EthereumAddress.Zero ? "Requester and payee must be somebody." : Quote.Fault();
}

/// <summary>Work is done: what was delivered is paid, at most what was reserved, and the rest is free again.</summary>
/// <param name="Deliveries">1 to <see cref="DeliveryLimit"/>, in any order.</param>
/// <param name="Reservation">The key it was reserved by.</param>
public sealed record SettleOrder(IReadOnlyList<Delivery> Deliveries, string Reservation) : BookOrder
{
    /// <summary>Deliveries that one order may name: six rungs of a film of four hours, in segments of two seconds.</summary>
    public const int DeliveryLimit = 50_000;

    internal override string? Fault() =>
        Deliveries.Count is 0 or > DeliveryLimit || !Deliveries.All(delivery => delivery.IsSound)
            ? $"There must be 1 to {DeliveryLimit} deliveries, each in its ranges."
            : ReleaseOrder.ReservationFault(Reservation);
}

/// <summary>Work failed or was cancelled: nothing is paid, and all is free again.</summary>
/// <param name="Reason">For people, up to 128 plain characters.</param>
/// <param name="Reservation">The key it was reserved by.</param>
public sealed record ReleaseOrder(string Reason, string Reservation) : BookOrder
{
    internal override string? Fault() =>
        !PlainText.IsPlain(Reason, 0, PlainText.Limit) ? "A reason must be up to 128 printable ASCII characters without quote and backslash." : ReservationFault(Reservation);

    internal static string? ReservationFault(string reservation) =>
        PlainText.IsPlain(reservation, 1, PlainText.Limit) ? null : "A reservation is named by the key it was made with.";
}

/// <summary>A requester takes back what is neither reserved nor spent.</summary>
/// <param name="Amount">1 to <see cref="Amounts.Limit"/>.</param>
/// <param name="Reference">Where to, or what shows it: up to 128 plain characters.</param>
/// <param name="Requester">Who.</param>
public sealed record WithdrawOrder(Int128 Amount, string Reference, EthereumAddress Requester) : BookOrder
{
    internal override string? Fault() => DepositOrder.TransferFault(Amount, Reference, Requester);
}
