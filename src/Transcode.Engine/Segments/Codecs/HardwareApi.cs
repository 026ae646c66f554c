using System.Globalization;
using Transcode.Engine.Recipes;

namespace Transcode.Engine.Segments.Codecs;

/// <summary>A way to hardware encoders that libav has: how pictures are brought there, and how rate control is told what the recipe promises. None of
/// these was run on hardware; whether one is right on a box is for its probe to find out.</summary>
/// <param name="Name">As the end of encoders' names has it.</param>
/// <param name="EightBits">libav's name of the layout it takes pictures of eight bits in.</param>
/// <param name="Device">libav's name of the device whose pictures it takes, and of what stands for them; null where it takes them from memory.</param>
/// <param name="RateControl">Its own options: rate, cap and buffer; no reordering; one closed group of pictures.</param>
internal sealed record HardwareApi(string Name, string EightBits, string? Device, Func<VideoRecipe, IEnumerable<KeyValuePair<string, string>>> RateControl)
{
    /// <summary>Of the cap: what is aimed at on the way. Rate control without reordering and lookahead overshoots, and the cap is what was promised.</summary>
    private const int AimPercent = 75;

    /// <summary>P010 for all: ten bits in the upper part of each word.</summary>
    public const string TenBits = "p010le";

    private static readonly KeyValuePair<string, string>[] NoOptions = [];

    public static IReadOnlyList<HardwareApi> All { get; } =
    [
        new("vaapi", "nv12", "vaapi", recipe => [.. Vbv(recipe), new("rc_mode", "VBR"), new("idr_interval", "0"), new("async_depth", "2"), .. Profile(recipe)]),
        new("vulkan", "nv12", "vulkan", recipe => [.. Vbv(recipe), new("rc_mode", "vbr"), new("async_depth", "2")]),
        // Seen elsewhere: groups of 45 seconds without these.
        new("qsv", "nv12", null, recipe =>
            [.. Vbv(recipe), new("preset", "veryfast"), new("forced_idr", "1"), new("async_depth", "2"), .. recipe.Encoder == "h264_qsv" ? [new("adaptive_i", "0"), new("b_strategy", "0")] : NoOptions]),
        new("nvenc", "yuv420p", null, recipe =>
            [.. Vbv(recipe), new("preset", "p4"), new("rc", "vbr"), new("no-scenecut", "1"), new("forced-idr", "1"), new("strict_gop", "1"), new("delay", "0")]),
        new("amf", "nv12", null, recipe => [.. Vbv(recipe), new("usage", "transcoding"), new("rc", "vbr_peak"), new("enforce_hrd", "1")]),
        // These know a rate and nothing of a buffer: whether they keep the promise is seen in what they make.
        new("v4l2m2m", "yuv420p", null, Rate),
        new("omx", "yuv420p", null, Rate),
        new("rkmpp", "nv12", null, recipe => [.. Vbv(recipe), new("rc_mode", "VBR")]),
    ];

    /// <summary>Of an encoder by libav's name; null where it is of no way that is known here.</summary>
    public static HardwareApi? Of(string encoder) =>
        encoder.LastIndexOf('_') is var at and > 0 ? All.FirstOrDefault(api => encoder[(at + 1)..] == api.Name) : null;

    private static IEnumerable<KeyValuePair<string, string>> Vbv(VideoRecipe recipe) =>
    [
        .. Rate(recipe),
        new("maxrate", Text(recipe.MaxRateBitsPerSecond)),
        new("bufsize", Text(recipe.BufferBits)),
        new("rc_init_occupancy", Text((long)recipe.BufferBits * recipe.BufferInitialPercent / 100)),
    ];

    private static IEnumerable<KeyValuePair<string, string>> Rate(VideoRecipe recipe) =>
        [new("b", Text((long)recipe.MaxRateBitsPerSecond * AimPercent / 100)), new("bf", "0")];

    private static KeyValuePair<string, string>[] Profile(VideoRecipe recipe) =>
        recipe.Encoder.StartsWith("h264", StringComparison.Ordinal) ? [new("profile", "high")] : NoOptions;

    private static string Text(long value) => value.ToString(CultureInfo.InvariantCulture);
}
