using System.Buffers.Binary;

namespace Transcode.Engine.Segments;

/// <summary>Reads how many ticks a second the track of an initialization segment has.</summary>
public static class TrackTimescale
{
    /// <param name="init">The whole initialization segment.</param>
    /// <returns>Ticks a second, as <c>mdhd</c> has it (ISO/IEC 14496-12, 8.4.2).</returns>
    /// <exception cref="FormatException">It holds none.</exception>
    public static uint FromInit(ReadOnlySpan<byte> init)
    {
        int found = init.IndexOf("mdhd"u8);
        ReadOnlySpan<byte> body = found < 0 ? [] : init[(found + 4)..];

        // Version 1 has times of 64 bits before it, version 0 of 32.
        int at = body is [1, ..] ? 4 + 16 : 4 + 8;
        uint timescale = body.Length >= at + 4 ? BinaryPrimitives.ReadUInt32BigEndian(body[at..]) : 0;
        return timescale > 0 ? timescale : throw new FormatException("The initialization segment holds no timescale.");
    }
}
