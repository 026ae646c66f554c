using System.Globalization;
using Transcode.Engine.Interop.LibAv;
using Transcode.Engine.Recipes;

namespace Appliance.Bench;

/// <summary>A way of making a rendition.</summary>
/// <param name="Name">For people.</param>
/// <param name="IsHonest">Whether it is what the recipe asks for.</param>
/// <param name="Make">Makes it; null where the segment does not allow it.</param>
internal sealed record VerifyWay(string Name, bool IsHonest, Func<VerifyScene, MadeRendition?> Make)
{
    /// <summary>What other encoders, and ours told otherwise, make of the recipe's pictures at the recipe's quality and cap.</summary>
    public static IReadOnlyList<VerifyWay> Honest(VideoRecipe recipe) => recipe.Encoder switch
    {
        "libx264" =>
        [
            Preset("ultrafast"), Preset("superfast"), Preset("faster"), Preset("medium"), Preset("slower"), Threads(3),
            Told("medium, no adaptive quantizer", r => r with { Preset = "medium", EncoderParameters = "aq-mode=0" }),
            Told("faster, 5 references, a tenth less rate", r => r with
            {
                Preset = "faster", EncoderParameters = "bframes=2:ref=5", MaxRateBitsPerSecond = r.MaxRateBitsPerSecond * 9 / 10, BufferBits = r.BufferBits * 9 / 10,
            }),
            Scaled(),
        ],
        "libx265" => 
        [
            Preset("ultrafast"), Preset("veryfast"), Preset("faster"), Preset("fast"), Threads(2), Scaled(),
            Told("veryfast, no adaptive quantizer", r => r with { Preset = "veryfast", EncoderParameters = "aq-mode=0" }),
            Told("faster, 4 references", r => r with { Preset = "faster", EncoderParameters = "ref=4" }),
        ],
        _ => [Preset("12"), Preset("9"), Preset("8"), Preset("7"), Threads(2), Aom(8), Scaled()],
    };

    /// <summary>What is sold as the recipe's and is not.</summary>
    public static IReadOnlyList<VerifyWay> Cheats(VideoRecipe recipe) =>
    [
        Cheat("black", scene => scene.Encode(scene.Black())),
        Cheat("upscaled from 2/3", scene => scene.Encode(Upscaled(scene, 2, 3))),
        Cheat("upscaled from 1/2", scene => scene.Encode(Upscaled(scene, 1, 2))),
        Cheat("upscaled from 1/3", scene => scene.Encode(Upscaled(scene, 1, 3))),
        Cheat("one dropped", scene => scene.Encode([.. scene.Pictures.Where((_, i) => i != scene.Count / 3)])),
        Cheat("one doubled", scene => scene.Encode([.. scene.Pictures.SelectMany((picture, i) => i == scene.Count / 3 ? new[] { picture, picture } : [picture])])),
        Cheat("every second doubled", scene => scene.Encode([.. scene.Pictures.Select((_, i) => scene.Pictures[i & ~1])])),
        Cheat("shown 1 frame late", scene => scene.Encode(Late(scene, 1))),
        Cheat("shown 3 frames late", scene => scene.Encode(Late(scene, 3))),
        Cheat("frozen", scene => scene.Encode([.. scene.Pictures.Select(_ => scene.Pictures[0])])),
        Cheat("another segment", OtherSegment),
        Cheat("another film", scene => scene.Encode(scene.Shaped(scene.Other, 0, scene.Count))),
        Cheat("wrong size", WrongSize),
        Cheat("wrong codec", WrongCodec),
        Cheat("MPEG-4", scene => recipe.PixelFormat == VideoRecipe.TenBits ? null
            : SegmentCoder.Make("mpeg4", [new("b", Text(recipe.MaxRateBitsPerSecond))], recipe, scene.Film.Grid, scene.Index, scene.Pictures)),
        Cheat("rate far above", RateAbove),
        Cheat("starved, CRF +8", scene => scene.Encode(scene.Pictures, Starved(recipe, 8))),
        Cheat("starved, CRF +14", scene => scene.Encode(scene.Pictures, Starved(recipe, 14))),
        Cheat("starved, CRF +20", scene => scene.Encode(scene.Pictures, Starved(recipe, 20))),
        Cheat("cropped by a tenth", scene => scene.Encode(scene.Filtered(scene.Pictures, new("crop", "iw*0.9:ih*0.9"), Scale(recipe)))),
        Cheat("mirrored", scene => scene.Encode(scene.Filtered(scene.Pictures, new FilterStep("hflip", "")))),
        Cheat("large watermark", scene => scene.Encode(Marked(scene, 4))),
        Cheat("small logo", scene => scene.Encode(Marked(scene, 16))),
        Cheat("wrong range", scene => scene.Encode(scene.Filtered(scene.Pictures, new FilterStep("scale", "in_range=limited:out_range=full"), new FilterStep("setparams", "range=tv")))),
        Cheat("wrong matrix", WrongMatrix),
    ];

    private static VerifyWay Cheat(string name, Func<VerifyScene, MadeRendition?> make) => new(name, IsHonest: false, make);

    private static VerifyWay Told(string name, Func<VideoRecipe, VideoRecipe> change) =>
        new(name, IsHonest: true, scene => scene.Encode(scene.Pictures, change(scene.Recipe)));

    private static VerifyWay Preset(string preset) => Told($"preset {preset}", recipe => recipe with { Preset = preset });

    private static VerifyWay Threads(int count) => Told($"{count} threads", recipe => recipe with { Threads = count });

    /// <summary>Another scaler of the same filter, without tuning: what an engine without our kernels would make.</summary>
    private static VerifyWay Scaled() => new("scaled by libswscale", IsHonest: true, scene =>
        scene.Film.IsTuned || scene.Film.Description.Video is { Width: var width } && width == scene.Recipe.Width
            ? null
            : scene.Encode(scene.Rescaled()));

    private static VerifyWay Aom(int speed) => new($"libaom, speed {speed}", IsHonest: true, scene => SegmentCoder.Make(
        "libaom-av1",
        [new("cpu-used", Text(speed)), new("crf", Text(scene.Recipe.ConstantRateFactor)), new("b", Text(scene.Recipe.MaxRateBitsPerSecond)), new("g", Text(scene.Count)), new("threads", "1")],
        scene.Recipe,
        scene.Film.Grid,
        scene.Index,
        scene.Pictures));

    private static FilterStep Scale(VideoRecipe recipe) =>
        new("scale", string.Create(CultureInfo.InvariantCulture, $"{recipe.Width}:{recipe.Height}:flags=bicubic"));

    private static List<AvFrame> Upscaled(VerifyScene scene, int part, int of)
    {
        (int width, int height) = (scene.Recipe.Width * part / of / 2 * 2, scene.Recipe.Height * part / of / 2 * 2);
        var small = new FilterStep("scale", string.Create(CultureInfo.InvariantCulture, $"{width}:{height}:flags=bicubic"));
        return scene.Filtered(scene.Pictures, small, Scale(scene.Recipe));
    }

    /// <summary>Each picture so many frames after its turn.</summary>
    private static List<AvFrame> Late(VerifyScene scene, int frames)
    {
        long first = scene.Film.Grid.FirstFrame(scene.Index);
        return [.. scene.Shaped(scene.Film, first - frames, frames), .. scene.Pictures.SkipLast(frames)];
    }

    private static MadeRendition? OtherSegment(VerifyScene scene) =>
        scene.Encode(scene.Shaped(scene.Film, scene.Film.Grid.FirstFrame(scene.Index == 1 ? 2 : 1), scene.Count));

    private static MadeRendition? WrongSize(VerifyScene scene)
    {
        VideoRecipe smaller = scene.Recipe with { Width = scene.Recipe.Width * 3 / 4 / 2 * 2, Height = scene.Recipe.Height * 3 / 4 / 2 * 2 };
        return scene.Encode(scene.Filtered(scene.Pictures, Scale(smaller)), smaller);
    }

    private static MadeRendition? WrongCodec(VerifyScene scene) => scene.Recipe.Encoder == "libx264"
        ? scene.Encode(scene.Pictures, scene.Recipe with { Encoder = "libx265", Preset = "ultrafast", ConstantRateFactor = 26, EncoderParameters = null })
        : scene.Encode(scene.Filtered(scene.Pictures, new FilterStep("format", "yuv420p")), scene.Recipe with
        {
            Encoder = "libx264", Preset = "veryfast", ConstantRateFactor = 23, PixelFormat = VideoRecipe.EightBits, EncoderParameters = null,
        });

    /// <summary>Where the film has bits enough for it.</summary>
    private static MadeRendition? RateAbove(VerifyScene scene)
    {
        MadeRendition made = scene.Encode(scene.Pictures, scene.Recipe with
        {
            ConstantRateFactor = 1, MaxRateBitsPerSecond = scene.Recipe.MaxRateBitsPerSecond * 40, BufferBits = scene.Recipe.MaxRateBitsPerSecond * 40,
        });
        return made.Media.Length * 8 > 1.5 * Promise.VideoSegmentBits(scene.Recipe, scene.Film.Grid, scene.Count) ? made : null;
    }

    private static VideoRecipe Starved(VideoRecipe recipe, int steps)
    {
        int most = recipe.Encoder == "libsvtav1" ? 63 : 51;
        return recipe with { ConstantRateFactor = Math.Min(most, recipe.ConstantRateFactor + (recipe.Encoder == "libsvtav1" ? steps * 63 / 51 : steps)) };
    }

    /// <summary>A lighter square of so many parts of the picture's shorter side.</summary>
    private static List<AvFrame> Marked(VerifyScene scene, int parts)
    {
        int side = Math.Min(scene.Recipe.Width, scene.Recipe.Height) / parts / 2 * 2;
        string box = string.Create(CultureInfo.InvariantCulture, $"x={side / 2}:y={side / 2}:w={side}:h={side}:color=white@0.5:t=fill");
        return scene.Filtered(scene.Pictures, new FilterStep("drawbox", box));
    }

    private static MadeRendition? WrongMatrix(VerifyScene scene)
    {
        (string from, string to) = scene.Recipe.Matrix == "bt709" ? ("bt709", "bt601") : scene.Recipe.Matrix == "bt2020nc" ? ("bt2020", "bt709") : ("bt601", "bt709");
        return scene.Encode(scene.Filtered(
            scene.Pictures,
            new FilterStep("scale", $"in_color_matrix={from}:out_color_matrix={to}"),
            new FilterStep("setparams", $"colorspace={scene.Recipe.Matrix}")));
    }

    private static string Text(int value) => value.ToString(CultureInfo.InvariantCulture);
}
