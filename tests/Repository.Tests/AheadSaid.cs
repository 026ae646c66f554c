namespace Repository.Tests;

/// <summary>Said in JSON, with enumerations of two sizes, of which one may be missing.</summary>
internal sealed record AheadSaid(AheadSaid.Loudness? Loud, AheadSaid.Pitch High)
{
    public enum Loudness
    {
        Low,
        High,
    }

    public enum Pitch : byte
    {
        Low,
        High,
    }
}
