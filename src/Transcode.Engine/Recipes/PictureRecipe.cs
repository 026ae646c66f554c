using System.Text.Json.Serialization;
using Transcode.Engine.Media;

namespace Transcode.Engine.Recipes;

/// <summary>What all renditions of moving pictures tell players that choose among them.</summary>
public abstract record PictureRecipe : Recipe
{
    /// <summary>In square pixels; of what is encoded even, 2 to 8192.</summary>
    public required int Width { get; init; }

    /// <summary>In square pixels; of what is encoded even, 2 to 8192.</summary>
    public required int Height { get; init; }

    /// <summary>The grid's rate.</summary>
    public required Rational FrameRate { get; init; }

    /// <summary>libav's name of the transfer characteristic, as <c>bt709</c>, <c>smpte170m</c>, <c>smpte2084</c> or
    /// <c>arib-std-b67</c>.</summary>
    public required string Transfer { get; init; }

    /// <summary>What the code values stand for.</summary>
    [JsonIgnore]
    public DynamicRange DynamicRange => DynamicRanges.Of(Transfer);
}
