using System.Globalization;
using Appliance.Problems;
using Appliance.Sources;

namespace Appliance.Playback;

/// <summary>Which still picture a request means.</summary>
internal static class StillPicture
{
    /// <summary>Few, so that the pictures of a page are made once for all who look at it.</summary>
    private static readonly int[] Widths = [160, 320, 640, 1280];

    private const int DefaultWidth = 640;

    /// <param name="source">It must have a picture, or cover art: that is the same at any time.</param>
    /// <param name="seconds">Where, as text; past the end means the last frame.</param>
    /// <param name="width">How wide, as text; the next allowed width is taken.</param>
    /// <exception cref="RequestRefusedException">404 without a picture; 400 where a text is not such a number.</exception>
    public static Artifact Of(PlayableSource source, string? seconds, string? width)
    {
        if (source.Description.Video is null)
        {
            if (source.Description.Cover is not null)
            {
                return Artifacts.Still(source, 0, Width(width));
            }

            throw new RequestRefusedException(StatusCodes.Status404NotFound, "This source has sound only.");
        }

        return Artifacts.Still(source, PlaceInFilm.Frame(source.Description.Grid, seconds), Width(width));
    }

    private static int Width(string? text)
    {
        if (text is null)
        {
            return DefaultWidth;
        }

        return int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out int width) && width > 0
            ? Widths.FirstOrDefault(allowed => allowed >= width, Widths[^1])
            : throw new RequestRefusedException(StatusCodes.Status400BadRequest, "w must be a width in pixels, as 640.");
    }
}
