namespace Transcode.Engine.Interop.LibAv;

/// <summary>Where the public fields of AVOutputFormat lie.</summary>
internal readonly record struct OutputFormatLayout
{
    public required int Name { get; init; }

    public required int Flags { get; init; }
}
