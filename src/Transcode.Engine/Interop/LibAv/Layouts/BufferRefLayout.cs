namespace Transcode.Engine.Interop.LibAv;

/// <summary>Where the fields of AVBufferRef lie.</summary>
internal readonly record struct BufferRefLayout
{
    public required int Data { get; init; }

    public required int Size { get; init; }
}
