using System.Globalization;
using Appliance.Startup;

namespace Appliance.Budgets;

/// <summary>What the owner lets the box take, as he says it while it runs; what he leaves out is as the start has it.</summary>
/// <param name="Cores">Processors for workers, 1 to 1024.</param>
/// <param name="MemoryBytes">For host and workers, at least <see cref="BoxBudget.SmallestMemoryBytes"/>.</param>
/// <param name="Watts">Of the processor packages, 1 to 10,000.</param>
/// <param name="Celsius">That is kept, 30 to 110.</param>
/// <param name="Quiet">Hours in which only those who watch are served, as <c>22:00-07:00</c>.</param>
/// <param name="QuietCores">Processors for workers then, 1 to 1024; only with <paramref name="Quiet"/>.</param>
internal sealed record BudgetWish(int? Cores, long? MemoryBytes, double? Watts, double? Celsius, string? Quiet, int? QuietCores)
{
    public static BudgetWish None { get; } = new(null, null, null, null, null, null);

    /// <summary>As <c>--budget</c> would have it; empty where nothing is said.</summary>
    public override string ToString() => string.Join(',', Parts());

    /// <exception cref="UsageException">It makes no sense; the message is one line for a person.</exception>
    public BoxBudget Read()
    {
        if (Quiet is not null && QuietHours.TryParse(Quiet) is null)
        {
            throw new UsageException("quiet must be two times of a day, as 22:00-07:00.");
        }

        try
        {
            return BudgetChoice.Parse(ToString() is { Length: > 0 } text ? text : null);
        }
        catch (UsageException exception)
        {
            throw new UsageException(exception.Message.Replace("--budget", "The budget", StringComparison.Ordinal));
        }
    }

    private IEnumerable<string> Parts()
    {
        foreach ((string name, IFormattable? value) in new (string, IFormattable?)[] { ("cores", Cores), ("memory", MemoryBytes), ("watts", Watts), ("celsius", Celsius) })
        {
            if (value is not null)
            {
                yield return $"{name}={value.ToString(null, CultureInfo.InvariantCulture)}";
            }
        }

        if (Quiet is not null)
        {
            yield return $"quiet={Quiet}";
        }

        if (QuietCores is { } cores)
        {
            yield return string.Create(CultureInfo.InvariantCulture, $"quiet-cores={cores}");
        }
    }
}
