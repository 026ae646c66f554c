using System.Text.Json.Serialization;
using Appliance.Startup;

namespace Appliance.Budgets;

/// <summary>What the owner said while the box ran, and what was said of the same at its start.</summary>
/// <param name="Wish">What is kept, and holds unless something stands above it.</param>
/// <param name="Said">What the start says.</param>
/// <param name="Damage">Why what was kept is not obeyed; left out where it is.</param>
internal sealed record BudgetWishResponse(
    BudgetWish Wish, IReadOnlyList<SaidBudget> Said, [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] string? Damage);

/// <param name="Name">As <c>--budget</c> has it: <c>cores</c>, <c>memory</c>, <c>watts</c>, <c>celsius</c>, <c>niceness</c>, <c>quiet</c>, <c>quiet-cores</c> or <c>sysfs</c>.</param>
/// <param name="Value">As it was said.</param>
/// <param name="Origin">Where.</param>
/// <param name="StandsAbove">Whether it holds whatever the owner says while the box runs: what is said on the command line or in the environment does, and what only a start can say.</param>
internal sealed record SaidBudget(string Name, string Value, SettingOrigin Origin, bool StandsAbove);
