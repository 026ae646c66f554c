namespace Transcode.Engine.Recipes;

/// <summary>An encoder of a device, which makes a ladder's rungs in place of the box's own.</summary>
/// <param name="Codec">libav's name, as <c>h264_vaapi</c>.</param>
/// <param name="Device">What its bytes depend on beside the recipe, as far as that can be known: what the box is, in hexadecimal.</param>
/// <param name="Node">What is opened for it, as <c>/dev/dri/renderD128</c>; null for what libav finds. No byte depends on its name.</param>
public sealed record DeviceEncoder(string Codec, string Device, string? Node)
{
    /// <summary>Whether it can take a recipe's place: H.264 of eight bits, the one kind that can have a spare.</summary>
    public static bool Takes(VideoRecipe recipe)
    {
        ArgumentNullException.ThrowIfNull(recipe);
        return recipe is { Encoder: Own, Spare: null, PixelFormat: VideoRecipe.EightBits };
    }

    /// <summary>libav's name of what it takes the place of, and what takes its.</summary>
    private const string Own = "libx264";

    /// <summary>The recipe whose initialization segment has this encoder's parameter sets and no others.</summary>
    public VideoRecipe Asking(VideoRecipe recipe) => Making(recipe, "");

    /// <summary>The recipe by which it makes a rung.</summary>
    /// <param name="recipe">Of the box's own encoder.</param>
    /// <param name="parameterSets">As <see cref="VideoRecipe.ParameterSets"/>.</param>
    public VideoRecipe Making(VideoRecipe recipe, string parameterSets)
    {
        ArgumentNullException.ThrowIfNull(recipe);
        return recipe with { Encoder = Codec, Spare = Own, EncoderDevice = Device, ParameterSets = parameterSets };
    }
}
