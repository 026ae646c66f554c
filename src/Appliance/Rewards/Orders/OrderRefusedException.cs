using global::Rewards.Accounts;

namespace Appliance.Rewards.Orders;

/// <summary>The books refuse an order.</summary>
/// <param name="refusal">Why.</param>
internal sealed class OrderRefusedException(BookRefusal refusal) : Exception(refusal.Text)
{
    public BookRefusal Refusal { get; } = refusal;
}
