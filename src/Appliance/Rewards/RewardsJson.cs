using System.Text.Json.Serialization;
using Appliance.Rewards.Accounts;
using Appliance.Rewards.Orders;
using Appliance.Rewards.Quotes;
using Appliance.Rewards.Settings;

namespace Appliance.Rewards;

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, UseStringEnumConverter = true)]
[JsonSerializable(typeof(WorkRecordsResponse))]
[JsonSerializable(typeof(WorkTotalsResponse))]
[JsonSerializable(typeof(RewardsFile))]
[JsonSerializable(typeof(RewardsStatus))]
[JsonSerializable(typeof(TransferRequest))]
[JsonSerializable(typeof(StandingResponse))]
[JsonSerializable(typeof(StatementResponse))]
[JsonSerializable(typeof(EarningsResponse))]
[JsonSerializable(typeof(QuoteRequest))]
[JsonSerializable(typeof(OrderRequest))]
[JsonSerializable(typeof(OrderResponse))]
[JsonSerializable(typeof(CountersignRequest))]
[JsonSerializable(typeof(WorkOrderTypedData))]
internal sealed partial class RewardsJson : JsonSerializerContext;
