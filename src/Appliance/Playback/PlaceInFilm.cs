using System.Globalization;
using Appliance.Problems;
using Transcode.Engine.Media;

namespace Appliance.Playback;

/// <summary>Which frame a request means.</summary>
internal static class PlaceInFilm
{
    /// <summary>Far enough in to be past black frames and titles.</summary>
    private const int DefaultPlaceDivisor = 10;

    /// <param name="grid">The source's.</param>
    /// <param name="seconds">As text; past the end means the last frame, null a tenth of the film in.</param>
    /// <exception cref="RequestRefusedException">400: the text is no such number.</exception>
    public static long Frame(Grid grid, string? seconds)
    {
        if (seconds is null)
        {
            return grid.FrameCount / DefaultPlaceDivisor;
        }

        return double.TryParse(seconds, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out double place) && double.IsFinite(place)
            ? (long)Math.Min(grid.FrameCount - 1, Math.Floor(place * grid.FrameRate.ToDouble()))
            : throw new RequestRefusedException(StatusCodes.Status400BadRequest, "t must be seconds, as 12.5.");
    }
}
