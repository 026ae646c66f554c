namespace Transcode.Engine.Interop.LibAv;

/// <summary>Where the fields of AVSubtitleRect lie.</summary>
internal readonly record struct SubtitleRectLayout
{
    public required int X { get; init; }

    public required int Y { get; init; }

    public required int W { get; init; }

    public required int H { get; init; }

    public required int NbColors { get; init; }

    /// <summary>Indexed pixels and their palette (4 pointers).</summary>
    public required int Data { get; init; }

    public required int Linesize { get; init; }

    public required int Text { get; init; }

    /// <summary>A line of an ASS Dialogue event.</summary>
    public required int Ass { get; init; }

    /// <summary>AVSubtitleType.</summary>
    public required int Type { get; init; }
}
