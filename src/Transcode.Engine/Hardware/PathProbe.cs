using Transcode.Engine.Interop.LibAv;
using Transcode.Engine.Segments.Codecs;
using Transcode.Engine.Workers;

namespace Transcode.Engine.Hardware;

/// <summary>Tries one path in this process, which a driver may end: it is a process of its own.</summary>
internal static class PathProbe
{
    /// <param name="path">To try.</param>
    /// <param name="width">Of the pictures, even, in pixels.</param>
    /// <param name="height">Likewise.</param>
    /// <param name="files">Of the box.</param>
    /// <param name="onStep">Hears what it is at.</param>
    public static PathResult Run(CodingPath path, int width, int height, BoxFiles files, Action<string> onStep)
    {
        LogTap.Open();
        HardwareCodec.RenderNode = path.Device;
        if (path is { Direction: PathDirection.Encode, IsHardware: true } && HardwareApi.Of(path.Codec) is null)
        {
            return new(path, PathVerdict.Fails, $"This box has no way to drive {path.Codec}.");
        }

        try
        {
            var pictures = new TestPictures(width, height, path.BitDepth);
            var power = new PowerMeter(files, TimeProvider.System);
            return path.Direction == PathDirection.Encode
                ? EncodeProbe.Run(path, pictures, power, onStep)
                : DecodeProbe.Run(path, pictures, power, onStep);
        }
        catch (Exception exception) when (exception is AvException or TranscodeException or FormatException or InvalidOperationException)
        {
            return Reasons.Of(path, exception, LogTap.Take(), files);
        }
    }
}
