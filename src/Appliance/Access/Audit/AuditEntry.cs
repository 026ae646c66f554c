using System.Text.Json.Serialization;

namespace Appliance.Access.Audit;

/// <summary>One administrative act, as the trail has it: one line of JSON.</summary>
/// <param name="Number">1, 2, 3…; a number that is missing was taken away.</param>
/// <param name="At">When it began.</param>
/// <param name="Who">As <c>session 0123456789ab</c>, <c>key 0123abcd</c> or <c>console</c>.</param>
/// <param name="From">His address; null for the console.</param>
/// <param name="Act">As <c>key made</c>.</param>
/// <param name="What">Of what; never a secret.</param>
internal sealed record AuditEntry(
    long Number, DateTimeOffset At, string Who, [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] string? From, string Act, [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] string? What);
