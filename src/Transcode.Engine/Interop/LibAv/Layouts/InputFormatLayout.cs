namespace Transcode.Engine.Interop.LibAv;

/// <summary>Where the public fields of AVInputFormat lie.</summary>
internal readonly record struct InputFormatLayout
{
    public required int Name { get; init; }

    public required int LongName { get; init; }

    public required int Flags { get; init; }

    public required int Extensions { get; init; }
}
