using Transcode.Engine.Interop.LibAv;
using Transcode.Engine.Recipes;

namespace Transcode.Engine.Segments.Codecs;

/// <summary>A hardware encoder. Its bytes are nobody's function: another device, driver or moment makes others. Its timeline, its number of pictures and what
/// its initialization segment says are the same as of any other.</summary>
/// <param name="format">libav's name of what it makes.</param>
/// <param name="api">How it is reached.</param>
internal sealed class HardwareCodec(string format, HardwareApi api) : VideoCodec
{
    private static readonly string[] Formats = ["h264", "hevc", "av1"];

    /// <summary>Each that some libav has.</summary>
    public static IReadOnlyList<VideoCodec> All { get; } =
        [.. Formats.SelectMany(format => HardwareApi.All.Select(api => new HardwareCodec(format, api)))];

    /// <summary>The node of the device that VA-API opens in this process; null for libav's choice. Set before any encoder opens.</summary>
    public static string? RenderNode { get; set; }

    /// <summary>Of <see cref="Hold"/>: libav's name of the kind of device, and the device.</summary>
    private static (string Kind, HardwareDevice Device)? held;

    /// <summary>Opens the device that an encoder's pictures are brought onto and keeps it for all that follows in this process, which may not be let to open it again.</summary>
    /// <param name="codec">libav's name of the encoder; one that takes its pictures from memory has no such device.</param>
    /// <param name="node">Of the device; null for libav's choice.</param>
    /// <exception cref="AvException">The device does not open.</exception>
    public static void Hold(string codec, string? node)
    {
        RenderNode = node;
        if (HardwareApi.Of(codec)?.Device is { } kind && held is null)
        {
            held = (kind, OpenDevice(kind));
        }
    }

    public override string Encoder => $"{format}_{api.Name}";

    public override string Format => format;

    /// <summary>No picture is coded ahead of its turn: not all of them can, and what is left of a segment can then be made by another.</summary>
    public override int ReorderFrames => 0;

    public override string? SampleEntry => format == "hevc" ? "hvc1" : null;

    public override IReadOnlyList<KeyValuePair<string, string>> Options(VideoRecipe recipe, int segmentFrames) =>
        [.. api.RateControl(recipe), new("g", Text(segmentFrames))];

    public override byte[] ToSample(ReadOnlySpan<byte> packet) => format == "av1" ? TemporalUnit.ToSample(packet) : AnnexB.ToLengthPrefixed(packet);

    protected override PictureInlet Inlet(VideoRecipe recipe)
    {
        string samples = recipe.PixelFormat == VideoRecipe.TenBits ? HardwareApi.TenBits : api.EightBits;
        if (api.Device is not { } kind)
        {
            return new(samples, frames: null);
        }

        if (held is var (heldKind, heldDevice) && heldKind == kind)
        {
            return new(samples, HardwareFrames.Allocate(heldDevice, kind, samples, recipe.Width, recipe.Height));
        }

        using HardwareDevice device = OpenDevice(kind);
        return new(samples, HardwareFrames.Allocate(device, kind, samples, recipe.Width, recipe.Height));
    }

    private static HardwareDevice OpenDevice(string kind) => HardwareDevice.Open(kind, kind == "vaapi" ? RenderNode : null);
}
