namespace Transcode.Engine.Interop.LibAv;

/// <summary>Where the fields of AVCodecContext lie; most can be set by name through av_opt_set too, which is preferred.</summary>
internal readonly record struct CodecContextLayout
{
    public required int CodecType { get; init; }

    public required int Codec { get; init; }

    public required int CodecId { get; init; }

    public required int PrivData { get; init; }

    public required int BitRate { get; init; }

    public required int Flags { get; init; }

    public required int Flags2 { get; init; }

    public required int Extradata { get; init; }

    public required int ExtradataSize { get; init; }

    public required int TimeBase { get; init; }

    public required int Framerate { get; init; }

    public required int PktTimebase { get; init; }

    public required int Width { get; init; }

    public required int Height { get; init; }

    public required int CodedWidth { get; init; }

    public required int CodedHeight { get; init; }

    public required int GopSize { get; init; }

    public required int MaxBFrames { get; init; }

    public required int HasBFrames { get; init; }

    public required int PixFmt { get; init; }

    public required int SwPixFmt { get; init; }

    public required int SampleAspectRatio { get; init; }

    public required int ColorPrimaries { get; init; }

    public required int ColorTrc { get; init; }

    public required int Colorspace { get; init; }

    public required int ColorRange { get; init; }

    public required int ChromaSampleLocation { get; init; }

    public required int SampleRate { get; init; }

    public required int SampleFmt { get; init; }

    public required int ChLayout { get; init; }

    public required int FrameSize { get; init; }

    public required int InitialPadding { get; init; }

    public required int Delay { get; init; }

    public required int RcMaxRate { get; init; }

    public required int RcBufferSize { get; init; }

    public required int RcInitialBufferOccupancy { get; init; }

    public required int ThreadCount { get; init; }

    public required int ThreadType { get; init; }

    public required int ActiveThreadType { get; init; }

    public required int SkipFrame { get; init; }

    public required int SkipLoopFilter { get; init; }

    public required int ErrRecognition { get; init; }

    public required int StrictStdCompliance { get; init; }

    public required int Profile { get; init; }

    public required int Level { get; init; }

    public required int KeyintMin { get; init; }

    public required int GetFormat { get; init; }

    public required int HwDeviceCtx { get; init; }

    public required int HwFramesCtx { get; init; }

    public required int Opaque { get; init; }
}
