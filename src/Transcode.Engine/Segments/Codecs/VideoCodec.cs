using System.Globalization;
using Transcode.Engine.Interop.LibAv;
using Transcode.Engine.Interop.Linux;
using Transcode.Engine.Recipes;

namespace Transcode.Engine.Segments.Codecs;

/// <summary>A video codec as a segment needs it: how its encoder is opened for one closed GOP of reproducible bytes, and
/// how a coded picture lies in the file format.</summary>
internal abstract class VideoCodec
{
    private static readonly VideoCodec[] All = [new H264(), new Hevc(), new Av1(), .. HardwareCodec.All];

    /// <summary>libav's name of the encoder.</summary>
    public abstract string Encoder { get; }

    /// <summary>libav's name of what it makes.</summary>
    public abstract string Format { get; }

    /// <summary>Frames a picture may be decoded ahead of its turn.</summary>
    public abstract int ReorderFrames { get; }

    /// <summary><see cref="ReorderFrames"/> as a recipe has it: none where another encoder may have to go on.</summary>
    public int ReorderFramesOf(VideoRecipe recipe) => recipe.Spare is null ? ReorderFrames : 0;

    /// <summary>The sample entry's four characters, where libavformat would choose others; else null.</summary>
    public virtual string? SampleEntry => null;

    /// <exception cref="NotSupportedException">The recipe names an encoder that is not known here.</exception>
    public static VideoCodec Of(VideoRecipe recipe) =>
        Array.Find(All, codec => codec.Encoder == recipe.Encoder) ?? throw new NotSupportedException($"No encoder {recipe.Encoder} is known.");

    /// <exception cref="AvException">The encoder does not open.</exception>
    public Encoder Open(VideoRecipe recipe, int segmentFrames)
    {
        PictureInlet? inlet = Inlet(recipe);
        Encoder encoder;
        try
        {
            encoder = Interop.LibAv.Encoder.Open(OpeningOptions(recipe, segmentFrames) with { Inlet = inlet });
        }
        catch
        {
            inlet?.Dispose();
            throw;
        }

        // SVT-AV1, run as root, makes the thread that opens it a real-time one of the highest priority, and with it every
        // thread that this one starts: players and everything else on the box would starve.
        _ = LibC.SetScheduler(0, LibC.SCHED_OTHER, 0);
        return encoder;
    }

    private VideoEncoderOptions OpeningOptions(VideoRecipe recipe, int segmentFrames) => new(
        recipe.Encoder,
        recipe.Width,
        recipe.Height,
        recipe.PixelFormat switch
        {
            VideoRecipe.EightBits => LibAv.Layout.PixelFormats.Yuv420P,
            VideoRecipe.TenBits => LibAv.Layout.PixelFormats.Yuv420P10Le,
            var other => throw new NotSupportedException($"No pixel format {other} is known."),
        },
        new((int)recipe.FrameRate.Numerator, (int)recipe.FrameRate.Denominator),
        AvUtil.av_color_space_from_name(recipe.Matrix),
        AvUtil.av_color_primaries_from_name(recipe.Primaries),
        AvUtil.av_color_transfer_from_name(recipe.Transfer),
        Options(recipe, segmentFrames));

    /// <summary>What brings it its pictures; null where it takes them as a recipe has them.</summary>
    /// <exception cref="AvException">The device does not open.</exception>
    protected virtual PictureInlet? Inlet(VideoRecipe recipe) => null;

    /// <summary>The encoder's own options, by libav's names.</summary>
    public abstract IReadOnlyList<KeyValuePair<string, string>> Options(VideoRecipe recipe, int segmentFrames);

    /// <summary>A coded picture as the file format holds it.</summary>
    /// <param name="packet">As the encoder gives it.</param>
    public abstract byte[] ToSample(ReadOnlySpan<byte> packet);

    /// <summary>The rate control that all three encoders share by libav's names: quality, under a cap.</summary>
    protected static IEnumerable<KeyValuePair<string, string>> CappedQuality(VideoRecipe recipe, int segmentFrames) =>
    [
        new("preset", recipe.Preset),
        new("crf", Text(recipe.ConstantRateFactor)),
        new("maxrate", Text(recipe.MaxRateBitsPerSecond)),
        new("bufsize", Text(recipe.BufferBits)),
        new("g", Text(segmentFrames)),
    ];

    protected static string Text(int value) => value.ToString(CultureInfo.InvariantCulture);
}
