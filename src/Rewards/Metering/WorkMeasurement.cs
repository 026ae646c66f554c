namespace Rewards.Metering;

/// <summary>One finished segment in neutral figures: nothing here knows of video beyond counting, of HTTP or of a device.</summary>
/// <param name="SourceFingerprint">The source's bytes, lower-case hexadecimal, 16 to 128 digits.</param>
/// <param name="RecipeId">SHA-256 of the recipe's canonical JSON, 64 lower-case hexadecimal digits.</param>
/// <param name="Index">The segment's place on the source's grid, 0 or more.</param>
/// <param name="Engine">Identity of the engine build, printable ASCII, 1 to 512 characters.</param>
/// <param name="Encoder">Name of the encoder, printable ASCII, 1 to 64 characters.</param>
/// <param name="Codec">Name of the codec that came out, as <c>h264</c>; must have a weight.</param>
/// <param name="BitDepth">Bits a sample of what came out; 0 for sound.</param>
/// <param name="PixelsIn">Decoded pixels, lead-in included. Work that shares a decode counts it once, in one of its records.</param>
/// <param name="PixelsOut">Encoded pixels; 0 for sound.</param>
/// <param name="Frames">Pictures, or frames of sound, that came out.</param>
/// <param name="BytesIn">Source bytes read.</param>
/// <param name="BytesOut">Bytes that came out.</param>
/// <param name="OutputSha256">SHA-256 of what came out, 64 lower-case hexadecimal digits.</param>
/// <param name="StartedAt">When the work began; kept to the microsecond, in UTC.</param>
/// <param name="ElapsedMicroseconds">From the order to the last byte.</param>
/// <param name="CpuMicroseconds">Processor time in between.</param>
/// <param name="Demand">Why it was made.</param>
public sealed record WorkMeasurement(
    string SourceFingerprint,
    string RecipeId,
    int Index,
    string Engine,
    string Encoder,
    string Codec,
    int BitDepth,
    long PixelsIn,
    long PixelsOut,
    long Frames,
    long BytesIn,
    long BytesOut,
    string OutputSha256,
    DateTimeOffset StartedAt,
    long ElapsedMicroseconds,
    long CpuMicroseconds,
    WorkDemand Demand)
{
    /// <summary>No count passes 2^53: exact in every reader's numbers, JavaScript's included (RFC 8785, 3.2.2.3), and
    /// far enough from 2^63 that weighting cannot overflow.</summary>
    public const long CountLimit = 1L << 53;

    /// <summary>This measurement as the ledger gives it back: its instant in UTC, cut to the microsecond.</summary>
    /// <exception cref="ArgumentException">A field is outside its range; the message names every such field.</exception>
    internal WorkMeasurement Checked()
    {
        List<string> faults = [];
        Require(IsHexadecimal(SourceFingerprint, 16, 128), nameof(SourceFingerprint), "16 to 128 lower-case hexadecimal digits");
        Require(IsHexadecimal(RecipeId, 64, 64), nameof(RecipeId), "64 lower-case hexadecimal digits");
        Require(IsHexadecimal(OutputSha256, 64, 64), nameof(OutputSha256), "64 lower-case hexadecimal digits");
        Require(IsPrintable(Engine, 512), nameof(Engine), "1 to 512 printable ASCII characters");
        Require(IsPrintable(Encoder, 64), nameof(Encoder), "1 to 64 printable ASCII characters");
        Require(IsPrintable(Codec, 64), nameof(Codec), "1 to 64 printable ASCII characters");
        Require(Index >= 0, nameof(Index), "0 or more");
        Require(BitDepth is >= 0 and <= 16, nameof(BitDepth), "0 to 16");
        Require(Frames is >= 1 and <= CountLimit, nameof(Frames), "1 to 2^53");
        Require(Enum.IsDefined(Demand), nameof(Demand), "a known demand");
        Require(StartedAt >= DateTimeOffset.UnixEpoch, nameof(StartedAt), "1970 or later");
        foreach ((string name, long count) in new[]
        {
            (nameof(PixelsIn), PixelsIn), (nameof(PixelsOut), PixelsOut), (nameof(BytesIn), BytesIn), (nameof(BytesOut), BytesOut),
            (nameof(ElapsedMicroseconds), ElapsedMicroseconds), (nameof(CpuMicroseconds), CpuMicroseconds),
        })
        {
            Require(count is >= 0 and <= CountLimit, name, "0 to 2^53");
        }

        return faults.Count == 0
            ? this with { StartedAt = Microseconds.ToInstant(Microseconds.Of(StartedAt)) }
            : throw new ArgumentException("A measurement cannot be recorded: " + string.Join("; ", faults) + ".");

        void Require(bool holds, string field, string range)
        {
            if (!holds)
            {
                faults.Add($"{field} must be {range}");
            }
        }
    }

    private static bool IsHexadecimal(string text, int least, int most) =>
        text.Length >= least && text.Length <= most && text.All(c => c is (>= '0' and <= '9') or (>= 'a' and <= 'f'));

    private static bool IsPrintable(string text, int most) =>
        text.Length >= 1 && text.Length <= most && text.All(c => c is >= ' ' and <= '~');
}
