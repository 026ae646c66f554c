using Transcode.Engine.Media;
using Transcode.Engine.Recipes;
using Transcode.Engine.Segments.Decoding;

namespace Transcode.Engine.Workers;

/// <summary>What a worker may come to need of private memory, as RLIMIT_DATA counts it. Bounds, not forecasts: 4 rungs of two films were
/// measured (decision 27) at three quarters of them, and a decoder may hold more pictures than the decoders of these did.</summary>
public static class MemoryNeed
{
    /// <summary>The runtime, libav's tables, buffers of the protocol, and what an encoder has whatever its size; at rest a worker has 90 MiB.</summary>
    private const long Standing = 180L << 20;

    /// <summary>Pictures of the source at once: references, those waiting for rungs, and those kept for late comers.</summary>
    private const int SourcePictures = 14;

    /// <summary>Where single keyframes are decoded.</summary>
    private const int SourcePicturesAlone = 6;

    /// <summary>Pictures of the rung at once: x264 looks 40 ahead.</summary>
    private const int RungPictures = 50;

    /// <summary>The other encoders keep more about each.</summary>
    private const int RungPicturesOfOthers = 120;

    /// <summary>What is wanted whatever rungs share the decode.</summary>
    /// <returns>In bytes; for what makes no pictures, no more than standing memory.</returns>
    public static long Shared(WorkOrder order) => order switch
    {
        SegmentOrder { Source.Video: { } video, Recipe: VideoRecipe } => Standing + (Picture(video) * SourcePictures),
        VerificationOrder { Claim.Source.Video: { } video } => Standing + (Picture(video) * SourcePictures),
        TuningOrder { Source.Video: { } video } => Standing + (Picture(video) * SourcePictures),
        SegmentOrder { Source.Video: { } video, Recipe: IFrameRecipe or TileRecipe } => Standing + (Picture(video) * SourcePicturesAlone),
        StillOrder { Source.Video: { } video } => Standing + (Picture(video) * SourcePicturesAlone),
        _ => Standing,
    };

    /// <summary>What it adds that a device decodes: a software decoder of key pictures beside it, those that are held, one that comes down from the device, and the packets that are kept. What
    /// lies on the device is no private memory.</summary>
    /// <returns>In bytes; 0 for what no device decodes for.</returns>
    public static long Device(WorkOrder order) => order is SegmentOrder { Source.Video: { } video, Recipe: VideoRecipe }
        ? (Picture(video) * (SourcePicturesAlone + KeyPictures.MostHeld + 1)) + PacketTape.MostBytes
        : 0;

    /// <summary>What one rung adds.</summary>
    /// <returns>In bytes.</returns>
    public static long Own(WorkOrder order) => order switch
    {
        SegmentOrder { Recipe: VideoRecipe rung } => Picture(rung) * (rung.OwnEncoder == "libx264" ? RungPictures : RungPicturesOfOthers),
        // What was claimed is decoded, and made again beside it.
        VerificationOrder { Claim.Recipe: { } rung } => Picture(rung) * (RungPicturesOfOthers + SourcePictures),
        TuningOrder { Recipe: { } rung } => Picture(rung) * SourcePictures,
        _ => 0,
    };

    /// <summary>All of it, for an order that shares its decode with no other.</summary>
    /// <returns>In bytes.</returns>
    public static long Of(WorkOrder order) => Shared(order) + Own(order);

    /// <summary>Why a pool does not try an order, in words for a person; null where it does.</summary>
    public static TranscodeException? Refusal(WorkOrder order, WorkerPoolOptions options)
    {
        long need = Of(order);
        return options.RunMemoryBytes is { } limit && need > limit
            ? new(FailureStage.Encode, FailureCause.BeyondMemory, $"{Subject(order)} may take {need >> 20} MiB of memory, and this box has {limit >> 20} MiB for it.")
            : null;
    }

    private static string Subject(WorkOrder order) => order switch
    {
        SegmentOrder { Source.Video: { } video, Recipe: VideoRecipe rung } =>
            $"Making {rung.Width}x{rung.Height} of a picture of {video.Width}x{video.Height} in {video.BitDepth} bits{(rung.ToneMap is null ? "" : ", tone-mapped,")}",
        SegmentOrder { Source.Video: { } video } => $"Single pictures of {video.Width}x{video.Height} in {video.BitDepth} bits",
        StillOrder { Source.Video: { } video } => $"A still of a picture of {video.Width}x{video.Height} in {video.BitDepth} bits",
        _ => "This",
    };

    // Chroma at half the width and height, which nearly everything has.
    private static long Picture(VideoTrack video) => (long)video.Width * video.Height * 3 / 2 * (video.BitDepth > 8 ? 2 : 1);

    private static long Picture(VideoRecipe rung) => (long)rung.Width * rung.Height * 3 / 2 * (rung.PixelFormat == VideoRecipe.TenBits ? 2 : 1);
}
