namespace Appliance.Idempotency;

/// <summary>An endpoint whose answers are remembered by their <c>Idempotency-Key</c>.</summary>
internal sealed class Repeatable
{
    public static readonly Repeatable Instance = new();
}
