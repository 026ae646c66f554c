using Appliance.Playback;

namespace Appliance.Budgets;

/// <summary>Has the whole box obey what its owner says of it now.</summary>
internal sealed class BudgetChanges(OwnersBudget owners, BudgetKeeper keeper, SegmentCache cache)
{
    private readonly Lock _lock = new();

    /// <summary>It holds when this returns, and for later starts: for pool and admission, for what is listed to players, and for segments on their way.</summary>
    /// <param name="wish">All that the owner says; what he leaves out he says no longer.</param>
    /// <param name="beforehand">Called when it makes sense, before anything is changed.</param>
    /// <exception cref="Startup.UsageException">It makes no sense; the message is one line for a person.</exception>
    /// <exception cref="IOException">It cannot be written down, and nothing has changed.</exception>
    /// <exception cref="UnauthorizedAccessException">It may not be written down, and nothing has changed.</exception>
    public BudgetWishResponse Set(BudgetWish wish, Action beforehand)
    {
        lock (_lock)
        {
            BoxBudget budget = owners.With(wish);
            BoxAllowance allowance = owners.Allowance(budget);
            beforehand();
            owners.Keep(wish);
            keeper.Obey(budget, allowance);
            cache.LimitMemory(allowance.Memory.FlightBytes);
            return Now();
        }
    }

    public BudgetWishResponse Show()
    {
        lock (_lock)
        {
            return Now();
        }
    }

    private BudgetWishResponse Now() => new(owners.Wish, owners.Said, owners.Damage);
}
