using Transcode.Engine.Hardware;
using Transcode.Engine.Interop.LibAv;
using Transcode.Engine.Segments.Codecs;

namespace Transcode.Engine.Workers;

/// <summary>Opens a device and has its encoder make a small segment before the lock closes: a driver loads its libraries and opens its files at the first use. What it would open
/// later it cannot.</summary>
internal static class EncoderRehearsal
{
    /// <summary>Small, and above the least that encoders of devices take.</summary>
    private static readonly TestPictures Shape = new(320, 256, 8);

    /// <param name="codec">libav's name of the encoder.</param>
    /// <param name="node">Of the device; null for libav's choice.</param>
    /// <returns>Why it does not open; null where it does.</returns>
    public static string? Run(string codec, string? node)
    {
        AvFrame[] pictures = [];
        try
        {
            HardwareCodec.Hold(codec, node);
            var source = TestSource.Of("h264", codec, Shape);
            pictures = [.. Enumerable.Range(0, TestPictures.Count).Select(Shape.Make)];
            ProbedSegment.Make(source, pictures);
            return null;
        }
        catch (Exception exception) when (exception is AvException or TranscodeException or FormatException or NotSupportedException)
        {
            return exception.Message;
        }
        finally
        {
            Array.ForEach(pictures, picture => picture.Dispose());
        }
    }
}
