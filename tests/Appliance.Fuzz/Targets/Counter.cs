namespace Appliance.Fuzz.Targets;

/// <summary>Counts.</summary>
internal sealed class Counter
{
    public int Count { get; set; }
}
