namespace Transcode.Engine.Interop.LibAv;

/// <summary>Where the fields of AVFormatContext lie.</summary>
internal readonly record struct FormatContextLayout
{
    public required int AvClass { get; init; }

    public required int Iformat { get; init; }

    public required int Oformat { get; init; }

    public required int PrivData { get; init; }

    /// <summary>AVIOContext pointer.</summary>
    public required int Pb { get; init; }

    public required int NbStreams { get; init; }

    /// <summary>Array of AVStream pointers.</summary>
    public required int Streams { get; init; }

    public required int Url { get; init; }

    public required int StartTime { get; init; }

    public required int Duration { get; init; }

    public required int BitRate { get; init; }

    /// <summary>AVFMT_FLAG_ bits.</summary>
    public required int Flags { get; init; }

    public required int Probesize { get; init; }

    public required int MaxAnalyzeDuration { get; init; }

    public required int Metadata { get; init; }

    public required int InterruptCallbackCallback { get; init; }

    public required int InterruptCallbackOpaque { get; init; }

    public required int NbChapters { get; init; }

    /// <summary>Array of AVChapter pointers.</summary>
    public required int Chapters { get; init; }

    public required int MaxStreams { get; init; }

    public required int Opaque { get; init; }

    public required int NbPrograms { get; init; }

    public required int EventFlags { get; init; }
}
