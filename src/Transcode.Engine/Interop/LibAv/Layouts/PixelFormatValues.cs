namespace Transcode.Engine.Interop.LibAv;

/// <summary>The AV_PIX_FMT_ values of a family.</summary>
internal readonly record struct PixelFormatValues
{
    public required int Yuv420P { get; init; }

    public required int Yuv420P10Le { get; init; }

    public required int Nv12 { get; init; }

    public required int P010Le { get; init; }

    public required int YuvJ420P { get; init; }

    public required int Gray8 { get; init; }

    public required int Rgb24 { get; init; }

    public required int Rgba { get; init; }
}
