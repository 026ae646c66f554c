namespace Transcode.Engine.Interop.LibAv;

/// <summary>How AVRational is laid out; it travels by value.</summary>
internal readonly record struct RationalLayout
{
    public required int Num { get; init; }

    public required int Den { get; init; }

    public required int SizeOf { get; init; }
}
