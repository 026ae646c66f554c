using Transcode.Engine.Recipes;

namespace Appliance.Rewards;

/// <summary>What weights know recipes by.</summary>
internal static class MeteredAs
{
    /// <summary>Whether its segments are metered. Text and copies of the source's own video cost next to nothing to make: nothing is decoded or
    /// encoded.</summary>
    public static bool Is(Recipe recipe) => recipe is not (TileRecipe or TextRecipe or CopyRecipe);

    /// <summary>As weights name it; an encoder that has no weight is not guessed at.</summary>
    public static string Codec(Recipe recipe) => ((recipe as VideoRecipe)?.OwnEncoder ?? recipe.Encoder) switch
    {
        "libx264" => "h264",
        "libx265" => "hevc",
        "libsvtav1" => "av1",
        string other => other,
    };

    /// <summary>Bits a sample; 0 for sound.</summary>
    public static int BitDepth(Recipe recipe) => recipe switch
    {
        AudioRecipe => 0,
        VideoRecipe { PixelFormat: VideoRecipe.TenBits } => 10,
        _ => 8,
    };
}
