namespace Transcode.Engine.Interop.LibAv;

/// <summary>Where the fields of AVHWFramesContext lie; 7.x moved them.</summary>
internal readonly record struct HwFramesContextLayout
{
    public required int InitialPoolSize { get; init; }

    /// <summary>AVPixelFormat that stands for pictures on the device.</summary>
    public required int Format { get; init; }

    /// <summary>AVPixelFormat of their samples there.</summary>
    public required int SwFormat { get; init; }

    public required int Width { get; init; }

    public required int Height { get; init; }
}
