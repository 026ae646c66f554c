namespace Transcode.Engine.Interop.LibAv;

/// <summary>Where the fields of AVIOContext lie.</summary>
internal readonly record struct IoContextLayout
{
    /// <summary>May be replaced by libavformat: free this pointer, not the one first handed over.</summary>
    public required int Buffer { get; init; }

    public required int BufferSize { get; init; }

    public required int Opaque { get; init; }

    public required int Pos { get; init; }

    public required int EofReached { get; init; }

    public required int Error { get; init; }

    public required int Seekable { get; init; }

    public required int Direct { get; init; }
}
