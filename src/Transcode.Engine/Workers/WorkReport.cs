namespace Transcode.Engine.Workers;

/// <summary>What a finished piece of work cost and gave: the raw material of metering.</summary>
/// <remarks>Rungs made from one decode have its pixels, the source's bytes and the process's time in common. Each is told
/// once: the report of a rung that ends says what no report before it said, most often the first all and the others nothing.
/// Sums over reports are therefore right, and no decoded pixel is metered twice; what one rung alone would have cost, a
/// report does not say. What a decode cost whose every rung was given up or failed is in no report.</remarks>
/// <param name="Engine">Identity of the engine build that made it.</param>
/// <param name="Encoder">libav's name of the encoder, or empty where nothing was encoded.</param>
/// <param name="Frames">Video frames, or audio frames, in the output.</param>
/// <param name="PixelsIn">Decoded pixels, lead-in before the segment included; those of a shared decode once, see remarks.</param>
/// <param name="PixelsOut">Encoded pixels.</param>
/// <param name="BytesIn">Source bytes asked of the parent, likewise.</param>
/// <param name="BytesOut">Bytes of all chunks together.</param>
/// <param name="Sha256">Lower-case hexadecimal SHA-256 of all chunks together.</param>
/// <param name="StartedAt">When the worker began.</param>
/// <param name="ElapsedMicroseconds">From the order's arrival to the last chunk.</param>
/// <param name="FirstChunkMicroseconds">From the order's arrival to the first chunk.</param>
/// <param name="CpuMicroseconds">Processor time of the whole worker in that time, likewise.</param>
public sealed record WorkReport(
    string Engine,
    string Encoder,
    int Frames,
    long PixelsIn,
    long PixelsOut,
    long BytesIn,
    long BytesOut,
    string Sha256,
    DateTimeOffset StartedAt,
    long ElapsedMicroseconds,
    long FirstChunkMicroseconds,
    long CpuMicroseconds)
{
    /// <summary>Of a device's decoder that did the decoding, or could have; null where none was thought of. What is metered is the same with and without it.</summary>
    public DecoderNote? Decoder { get; init; }
}
