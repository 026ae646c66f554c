using System.Text.Json.Serialization;

namespace Appliance.Webhooks;

/// <summary>What an event is about: little more than by what to ask for it. What does not belong to it is left out.</summary>
/// <param name="Job">A job's id.</param>
/// <param name="Source">A source's id.</param>
/// <param name="Title">The source's title.</param>
/// <param name="Order">An order's id, which is its quote's.</param>
/// <param name="Reason">Why it failed, or was refused.</param>
/// <param name="Charged">What was paid, in decimal digits.</param>
/// <param name="After">The receipts have larger numbers than this: as in <c>receipts?after=</c>.</param>
/// <param name="Last">The last one's number.</param>
/// <param name="Count">How many there are.</param>
internal sealed record HookData(
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] string? Job = null,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] string? Source = null,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] string? Title = null,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] string? Order = null,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] string? Reason = null,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] string? Charged = null,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] long? After = null,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] long? Last = null,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] int? Count = null);
