namespace Transcode.Engine.Workers;

/// <summary>What a finished piece of work cost and gave: the raw material of metering.</summary>
/// <param name="Engine">Identity of the engine build that made it.</param>
/// <param name="Encoder">libav's name of the encoder, or empty where nothing was encoded.</param>
/// <param name="Frames">Video frames, or audio frames, in the output.</param>
/// <param name="PixelsIn">Decoded pixels, lead-in before the segment included.</param>
/// <param name="PixelsOut">Encoded pixels.</param>
/// <param name="BytesIn">Source bytes asked of the parent.</param>
/// <param name="BytesOut">Bytes of all chunks together.</param>
/// <param name="Sha256">Lower-case hexadecimal SHA-256 of all chunks together.</param>
/// <param name="StartedAt">When the worker began.</param>
/// <param name="ElapsedMicroseconds">From the order's arrival to the last chunk.</param>
/// <param name="FirstChunkMicroseconds">From the order's arrival to the first chunk.</param>
/// <param name="CpuMicroseconds">Processor time of the whole worker in that time.</param>
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
    long CpuMicroseconds);
