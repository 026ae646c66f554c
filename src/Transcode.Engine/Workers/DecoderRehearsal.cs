using Transcode.Engine.Hardware;
using Transcode.Engine.Interop.LibAv;
using Transcode.Engine.Segments.Decoding;

namespace Transcode.Engine.Workers;

/// <summary>Opens devices, and has each of their decoders decode a few small pictures, before the lock closes: a driver loads its libraries and opens its files at the first use.</summary>
internal static class DecoderRehearsal
{
    /// <param name="paths">One of each codec and depth.</param>
    /// <param name="time">What the decoders' rests are measured by.</param>
    public static FilmDecoders Open(IReadOnlyList<CodingPath> paths, TimeProvider time)
    {
        var found = new List<FilmDecoder>();
        var notes = new List<DecoderNote>();
        foreach (CodingPath path in paths)
        {
            HardwareDevice? device = null;
            try
            {
                device = DecodeProbe.Device(path);
                string? why = DecodeProbe.Rehearse(path, device);
                notes.Add(new(path.DecoderName, path.BitDepth, why, why is null ? DecoderBlame.None : DecoderBlame.Device));
                if (why is null)
                {
                    found.Add(new(path.DecoderName, path.Format, path.BitDepth, path.Codec, device));
                    device = null;
                }
            }
            catch (Exception exception) when (exception is AvException or TranscodeException or FormatException or NotSupportedException)
            {
                notes.Add(new(path.DecoderName, path.BitDepth, exception.Message, DecoderBlame.Device));
            }
            finally
            {
                device?.Dispose();
            }
        }

        return new(found, notes, time);
    }
}
