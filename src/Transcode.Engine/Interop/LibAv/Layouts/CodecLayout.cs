namespace Transcode.Engine.Interop.LibAv;

/// <summary>Where the fields of AVCodec lie.</summary>
internal readonly record struct CodecLayout
{
    public required int Name { get; init; }

    public required int LongName { get; init; }

    public required int Type { get; init; }

    public required int Id { get; init; }

    /// <summary>AV_CODEC_CAP_ bits.</summary>
    public required int Capabilities { get; init; }

    /// <summary>Ends with -1. Gone in 9.x: ask avcodec_get_supported_config, there from 7.1 on.</summary>
    public required int PixFmts { get; init; }

    /// <summary>Ends with -1. Gone in 9.x, as PixFmts.</summary>
    public required int SampleFmts { get; init; }
}
