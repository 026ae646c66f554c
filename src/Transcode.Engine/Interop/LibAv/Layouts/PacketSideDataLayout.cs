namespace Transcode.Engine.Interop.LibAv;

/// <summary>Where the fields of AVPacketSideData lie.</summary>
internal readonly record struct PacketSideDataLayout
{
    public required int Data { get; init; }

    public required int Size { get; init; }

    /// <summary>AVPacketSideDataType; 5.1 to 9.0 only appended to its values.</summary>
    public required int Type { get; init; }

    public required int SizeOf { get; init; }
}
