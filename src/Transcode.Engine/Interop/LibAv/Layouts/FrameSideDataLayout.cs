namespace Transcode.Engine.Interop.LibAv;

/// <summary>Where the fields of AVFrameSideData lie.</summary>
internal readonly record struct FrameSideDataLayout
{
    /// <summary>AVFrameSideDataType.</summary>
    public required int Type { get; init; }

    public required int Data { get; init; }

    public required int Size { get; init; }
}
