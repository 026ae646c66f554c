using System.Globalization;
using System.Text;
using Transcode.Engine.Recipes;
using Transcode.Engine.Workers;

namespace Appliance.Playback;

/// <summary>The lines of the multivariant playlist that tell of single pictures (RFC 8216, 4.3.4.3) and of thumbnails
/// (Image Media Playlist extension, version 0.4).</summary>
internal static class TrickPlayLines
{
    /// <param name="offered">Of the source.</param>
    /// <param name="engine">Which build makes it.</param>
    /// <param name="pictureCodec">RFC 6381 codec string of the single pictures; null where there are none.</param>
    /// <param name="pathway">The box's, which alone has them.</param>
    public static string Of(TrickPlay offered, EngineIdentity engine, string? pictureCodec, ListedPathway pathway)
    {
        var text = new StringBuilder();
        if (offered.IFrames is { Recipe: IFrameRecipe { Picture: var picture } } frames && pictureCodec is not null)
        {
            text.Append(CultureInfo.InvariantCulture, $"#EXT-X-I-FRAME-STREAM-INF:BANDWIDTH={frames.PeakBitsPerSecond},");
            text.Append(CultureInfo.InvariantCulture, $"AVERAGE-BANDWIDTH={frames.AverageBitsPerSecond},CODECS=\"{pictureCodec}\",");
            text.Append(CultureInfo.InvariantCulture, $"RESOLUTION={picture.Width}x{picture.Height},VIDEO-RANGE=SDR,");
            text.Append(pathway.OfPictures);
            text.Append(CultureInfo.InvariantCulture, $"URI=\"{RenditionId.Of(frames, engine)}/index.m3u8\"\n");
        }

        if (offered.Tiles is { Recipe: TileRecipe tile } tiles)
        {
            text.Append(CultureInfo.InvariantCulture, $"#EXT-X-IMAGE-STREAM-INF:BANDWIDTH={tiles.PeakBitsPerSecond},");
            text.Append(CultureInfo.InvariantCulture, $"RESOLUTION={tile.Width}x{tile.Height},CODECS=\"jpeg\",");
            text.Append(pathway.OfPictures);
            text.Append(CultureInfo.InvariantCulture, $"URI=\"{RenditionId.Of(tiles, engine)}/index.m3u8\"\n");
        }

        return text.ToString();
    }
}
