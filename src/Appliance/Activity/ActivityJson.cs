using System.Text.Json.Serialization;
using Appliance.Budgets;

namespace Appliance.Activity;

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, UseStringEnumConverter = true)]
[JsonSerializable(typeof(ActivityResponse))]
[JsonSerializable(typeof(BudgetReport))]
internal sealed partial class ActivityJson : JsonSerializerContext;
