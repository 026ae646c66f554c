namespace Transcode.Engine.Interop.LibAv;

/// <summary>Where the fields of AVSubtitle lie; the caller allocates it, hence its size.</summary>
internal readonly record struct SubtitleLayout
{
    /// <summary>0 for bitmaps, 1 for text.</summary>
    public required int Format { get; init; }

    /// <summary>Milliseconds after pts (uint).</summary>
    public required int StartDisplayTime { get; init; }

    /// <summary>Milliseconds after pts (uint).</summary>
    public required int EndDisplayTime { get; init; }

    public required int NumRects { get; init; }

    /// <summary>Array of AVSubtitleRect pointers.</summary>
    public required int Rects { get; init; }

    /// <summary>In AV_TIME_BASE units.</summary>
    public required int Pts { get; init; }

    public required int SizeOf { get; init; }
}
