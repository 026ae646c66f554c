namespace Transcode.Engine.Interop.LibAv;

/// <summary>Where the fields of AVChapter lie.</summary>
internal readonly record struct ChapterLayout
{
    public required int Id { get; init; }

    public required int TimeBase { get; init; }

    public required int Start { get; init; }

    public required int End { get; init; }

    public required int Metadata { get; init; }
}
