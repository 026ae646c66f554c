using System.Text.Json.Serialization;

namespace Transcode.Engine.Recipes;

/// <summary>The source's own video, cut on the grid and otherwise as it is: nothing is decoded and nothing encoded.</summary>
public sealed record CopyRecipe : PictureRecipe
{
    /// <summary>What stands for an encoder.</summary>
    public const string Copying = "copy";

    /// <summary>Four characters: <c>avc1</c>, <c>hvc1</c> or <c>av01</c>.</summary>
    public required string SampleEntry { get; init; }

    /// <summary>libav's name of the encoder that rungs of the same codec are made with.</summary>
    [JsonIgnore]
    public string EncoderAlike => SampleEntry switch
    {
        "avc1" => "libx264",
        "hvc1" => "libx265",
        _ => "libsvtav1",
    };

    /// <summary>Grid frames by which decode times run ahead of presentation times.</summary>
    public required int ReorderFrames { get; init; }
}
