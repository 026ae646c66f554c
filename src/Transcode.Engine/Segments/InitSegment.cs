using System.Globalization;
using Transcode.Engine.Interop.LibAv;
using Transcode.Engine.Media;
using Transcode.Engine.Recipes;
using Transcode.Engine.Segments.Codecs;
using Transcode.Engine.Segments.Copying;

namespace Transcode.Engine.Segments;

/// <summary>The initialization segment (CMAF header) of a rendition, written by libavformat, which knows every codec's
/// sample entry. A function of the recipe alone; of a copy, of the source's own description too.</summary>
internal static class InitSegment
{
    /// <param name="source">As probed.</param>
    /// <param name="recipe">Of picture or sound.</param>
    /// <param name="open">Opens the source, where it is needed.</param>
    public static byte[] Make(SourceDescription source, Recipe recipe, Func<SourceReader> open)
    {
        using Encoder? encoder = recipe switch
        {
            IFrameRecipe pictures => VideoCodec.Of(pictures.Picture).Open(pictures.Picture, segmentFrames: 1),
            VideoRecipe { Spare: not null, ParameterSets: not "" } video => OpenWithSpare(video, source.Grid.SegmentFrames),
            VideoRecipe video => VideoCodec.Of(video).Open(video, source.Grid.SegmentFrames),
            AudioRecipe audio => Aac.Open(audio),
            CopyRecipe => null,
            _ => throw new NotSupportedException(recipe.GetType().Name),
        };
        using var bytes = new MemoryStream();
        using (var muxer = Muxer.Create("mp4", (offset, data) =>
        {
            bytes.Position = offset;
            bytes.Write(data);
        }))
        {
            switch (recipe)
            {
                case CopyRecipe copy:
                    AvStream stream = open().Container.Stream(copy.StreamIndex);
                    muxer.AddStream(stream, copy.SampleEntry, source.Video?.MasteringDisplay?.ToAv(), source.Video?.ContentLight?.ToAv());
                    break;
                case VideoRecipe picture:
                    muxer.AddStream(
                        encoder!, VideoCodec.Of(picture).SampleEntry, picture.MasteringDisplay?.ToAv(), picture.ContentLight?.ToAv());
                    break;
                default:
                    muxer.AddStream(encoder!);
                    break;
            }

            List<KeyValuePair<string, string>> options =
            [
                new("movflags", "+empty_moov+default_base_moof+cmaf+skip_sidx+skip_trailer"),
                new("use_editlist", "0"),
                new("write_btrt", "0"),
            ];
            if ((recipe as PictureRecipe ?? (recipe as IFrameRecipe)?.Picture) is { } video)
            {
                options.Add(new("video_track_timescale", Timescale(video).ToString(CultureInfo.InvariantCulture)));
            }

            muxer.WriteHeader(options);
        }

        byte[] init = bytes.ToArray();
        if (recipe is CopyRecipe { SampleEntry: "hvc1" })
        {
            ParameterSets.CompleteIn(init);
        }

        return init;
    }

    /// <summary>An encoder whose header has the spare's parameter sets too, under numbers of their own. Where the recipe has those of the first, it is not asked again: what it
    /// says is a function of the recipe then, however the device is today. Where it is asked and does not open, it makes no segment either.</summary>
    private static Encoder OpenWithSpare(VideoRecipe recipe, int segmentFrames)
    {
        VideoRecipe spare = recipe.OfSpare(recipe.BufferInitialPercent);
        Encoder standing = VideoCodec.Of(spare).Open(spare, segmentFrames);
        if (recipe.ParameterSets is { } told)
        {
            standing.ReplaceHeader([.. Convert.FromBase64String(told), .. standing.Header]);
            return standing;
        }

        Encoder first;
        try
        {
            first = VideoCodec.Of(recipe).Open(recipe, segmentFrames);
        }
        catch (AvException)
        {
            return standing;
        }

        using (standing)
        {
            first.ReplaceHeader([.. first.Header, .. standing.Header]);
        }

        return first;
    }

    /// <summary>Ticks a second of a video track: a multiple of the frame rate's numerator that is fine enough for players
    /// that round to ticks.</summary>
    public static int Timescale(PictureRecipe recipe)
    {
        long timescale = recipe.FrameRate.Numerator;
        while (timescale < 10_000)
        {
            timescale *= 2;
        }

        return (int)timescale;
    }

    /// <summary>Duration of a frame in ticks of <see cref="Timescale"/>.</summary>
    public static int TicksPerFrame(PictureRecipe recipe) =>
        (int)(Timescale(recipe) / recipe.FrameRate.Numerator * recipe.FrameRate.Denominator);
}
