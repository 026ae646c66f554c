namespace Transcode.Engine.Interop.LibAv;

/// <summary>The AV_SAMPLE_FMT_ values of a family.</summary>
internal readonly record struct SampleFormatValues
{
    public required int Fltp { get; init; }

    public required int Flt { get; init; }

    public required int S16 { get; init; }
}
