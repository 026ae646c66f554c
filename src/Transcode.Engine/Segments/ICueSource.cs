namespace Transcode.Engine.Segments;

/// <summary>Where the cues of a segment of text come from.</summary>
internal interface ICueSource
{
    /// <summary>The cues shown in a stretch of the timeline, and maybe others. Which these are depends on the source and the
    /// stretch alone.</summary>
    /// <param name="start">First millisecond of the stretch.</param>
    /// <param name="end">First millisecond after it.</param>
    /// <param name="cancellationToken">Looked at between cues.</param>
    /// <exception cref="Workers.TranscodeException">There is nothing that can be read.</exception>
    IReadOnlyList<Cue> Read(long start, long end, CancellationToken cancellationToken);
}
