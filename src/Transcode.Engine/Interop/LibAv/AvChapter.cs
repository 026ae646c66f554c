namespace Transcode.Engine.Interop.LibAv;

/// <summary>A borrowed view of a demuxer's AVChapter: valid as long as its demuxer.</summary>
internal readonly struct AvChapter(Demuxer owner, nint pointer)
{
    private static ChapterLayout Fields => LibAv.Layout.Chapter;

    /// <summary>A view must not outlive what it looks into.</summary>
    private nint Pointer => owner.Pointer != 0 ? pointer : 0;

    public AvRational TimeBase => NativeMemoryView.Read<AvRational>(Pointer, Fields.TimeBase);

    /// <summary>In the chapter's time base.</summary>
    public long Start => NativeMemoryView.Read<long>(Pointer, Fields.Start);

    /// <summary>In the chapter's time base, or null.</summary>
    public long? End => NativeMemoryView.Read<long>(Pointer, Fields.End) is var end && end == AvUtil.AV_NOPTS_VALUE ? null : end;

    /// <summary>A metadata value such as <c>title</c>, or null.</summary>
    public string? Tag(string key) => AvMetadata.Value(NativeMemoryView.Read<nint>(Pointer, Fields.Metadata), key);
}
