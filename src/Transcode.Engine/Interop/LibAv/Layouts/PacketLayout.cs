namespace Transcode.Engine.Interop.LibAv;

/// <summary>Where the fields of AVPacket lie.</summary>
internal readonly record struct PacketLayout
{
    /// <summary>AVBufferRef pointer, null when the data is borrowed.</summary>
    public required int Buf { get; init; }

    public required int Pts { get; init; }

    public required int Dts { get; init; }

    public required int Data { get; init; }

    public required int Size { get; init; }

    public required int StreamIndex { get; init; }

    /// <summary>AV_PKT_FLAG_ bits.</summary>
    public required int Flags { get; init; }

    /// <summary>In time_base units, 0 when unknown.</summary>
    public required int Duration { get; init; }

    /// <summary>Byte position in the source, -1 when unknown.</summary>
    public required int Pos { get; init; }

    /// <summary>Array of AVPacketSideData, by value.</summary>
    public required int SideData { get; init; }

    public required int SideDataElems { get; init; }

    /// <summary>Mostly 0/1: the muxer and decoder calls name the time base.</summary>
    public required int TimeBase { get; init; }

    public required int SizeOf { get; init; }
}
