using System.Globalization;
using Transcode.Engine.Media;

namespace Transcode.Engine.Recipes;

/// <summary>Which rungs are offered with subtitles of pictures laid over them: those in H.264, with each track of pictures. Of
/// a high dynamic range these have the standard one, in which white is white.</summary>
internal static class BurnInOffer
{
    /// <summary>As for subtitles of words.</summary>
    private const int LookBackSeconds = 30;

    /// <summary>Track after track, the largest rung first in each. Nothing where the picture is stored turned: on which of
    /// both such a track would lie, nobody says.</summary>
    public static List<Rendition> Of(SourceDescription source, IReadOnlyList<Rendition> rungs) =>
        source.Video is not { RotationDegrees: 0 }
            ? []
            : [.. source.Text.Where(track => track.Form == TextForm.Pictures).SelectMany(track => rungs
                .Where(rung => rung.Recipe is VideoRecipe { OwnEncoder: "libx264", PixelFormat: VideoRecipe.EightBits })
                .Select(rung => With(rung, track)))];

    private static Rendition With(Rendition rung, TextTrack track) => rung with
    {
        Name = string.Create(CultureInfo.InvariantCulture, $"{rung.Name}-burn-{track.StreamIndex}"),
        Recipe = (VideoRecipe)rung.Recipe with { BurnIn = new(track.StreamIndex, LookBackSeconds) },
        Track = track,
    };
}
