using System.Text.Json.Serialization;

namespace Appliance.Budgets;

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, UseStringEnumConverter = true)]
[JsonSerializable(typeof(BudgetWish))]
[JsonSerializable(typeof(BudgetWishResponse))]
internal sealed partial class BudgetsJson : JsonSerializerContext;
