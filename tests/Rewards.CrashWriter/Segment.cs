using Rewards.Metering;

namespace Rewards.CrashWriter;

/// <summary>Measurements as the tests bring them: a 720p segment of two seconds at 24 frames a second.</summary>
public static class Segment
{
    public static WorkMeasurement Of(int index) => new(
        SourceFingerprint: new string('a', 64),
        RecipeId: new string('b', 64),
        Index: index,
        Engine: "appliance/0.1.0 (libavcodec 59.37.100)",
        Encoder: "libx264",
        Codec: "h264",
        BitDepth: 8,
        PixelsIn: 100_000_000,
        PixelsOut: 48 * 1280 * 720,
        Frames: 48,
        BytesIn: 1_500_000,
        BytesOut: 700_000,
        OutputSha256: new string('c', 64),
        StartedAt: new DateTimeOffset(2026, 1, 2, 3, 4, 5, 678, TimeSpan.Zero),
        ElapsedMicroseconds: 400_000,
        CpuMicroseconds: 750_000,
        Demand: WorkDemand.Played);
}
