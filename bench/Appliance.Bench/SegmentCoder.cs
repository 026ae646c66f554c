using System.Globalization;
using Transcode.Engine.Interop.LibAv;
using Transcode.Engine.Media;
using Transcode.Engine.Recipes;
using Transcode.Engine.Segments;
using Transcode.Engine.Segments.Codecs;

namespace Appliance.Bench;

/// <summary>Makes a rendition of any pictures by any encoder: an initialization segment and a media segment, framed as ours are.</summary>
internal static class SegmentCoder
{
    /// <summary>By the recipe's own encoder.</summary>
    /// <param name="recipe">What it is told.</param>
    /// <param name="grid">The source's.</param>
    /// <param name="index">Of the segment that it is to stand for.</param>
    /// <param name="pictures">Of the recipe's size and format, as many as there are to be.</param>
    public static MadeRendition Make(VideoRecipe recipe, Grid grid, int index, IReadOnlyList<AvFrame> pictures)
    {
        var codec = VideoCodec.Of(recipe);
        using Encoder encoder = codec.Open(recipe, grid.SegmentFrames);
        return Make(recipe, grid, index, pictures, encoder, codec.SampleEntry, codec.ReorderFrames, codec.ToSample);
    }

    /// <summary>By another, which gives pictures in their order.</summary>
    /// <param name="encoder">libav's name.</param>
    /// <param name="options">Its own.</param>
    /// <param name="recipe">Whose size, format and colours it is told.</param>
    /// <param name="grid">The source's.</param>
    /// <param name="index">Of the segment that it is to stand for.</param>
    /// <param name="pictures">Of the recipe's size and format.</param>
    public static MadeRendition Make(
        string encoder, IReadOnlyList<KeyValuePair<string, string>> options, VideoRecipe recipe, Grid grid, int index, IReadOnlyList<AvFrame> pictures)
    {
        using Encoder opened = Encoder.Open(new VideoEncoderOptions(
            encoder,
            recipe.Width,
            recipe.Height,
            AvUtil.av_get_pix_fmt(recipe.PixelFormat),
            new((int)recipe.FrameRate.Numerator, (int)recipe.FrameRate.Denominator),
            AvUtil.av_color_space_from_name(recipe.Matrix),
            AvUtil.av_color_primaries_from_name(recipe.Primaries),
            AvUtil.av_color_transfer_from_name(recipe.Transfer),
            options));
        bool isAv1 = encoder.Contains("av1", StringComparison.Ordinal);
        return Make(recipe, grid, index, pictures, opened, null, 0, isAv1 ? TemporalUnit.ToSample : static packet => packet.ToArray());
    }

    private static MadeRendition Make(
        VideoRecipe recipe, Grid grid, int index, IReadOnlyList<AvFrame> pictures, Encoder encoder, string? entry, int reorder, ToSample toSample)
    {
        byte[] init = Header(recipe, encoder, entry);
        var samples = new List<CmafSample>();
        int ticks = InitSegment.TicksPerFrame(recipe);
        using var packet = new AvPacket();
        for (int number = 0; number <= pictures.Count; number++)
        {
            using AvFrame? picture = number < pictures.Count ? Numbered(pictures[number], number) : null;
            while (!encoder.TrySend(picture))
            {
                Take();
            }

            Take();
        }

        long lead = (long)Grid.MediaClockLeadSeconds * InitSegment.Timescale(recipe);
        var writer = new CmafWriter(lead + ((grid.FirstFrame(index) - reorder) * ticks), ticks, index);
        return new(init, writer.Write(samples).ToArray());

        void Take()
        {
            while (encoder.Receive(packet) == CodecAnswer.Delivered)
            {
                long offset = (packet.Pts ?? 0) - (samples.Count - reorder);
                samples.Add(new(toSample(packet.Data), packet.IsKey, checked((int)(offset * ticks))));
            }
        }
    }

    private static AvFrame Numbered(AvFrame picture, int number)
    {
        var numbered = new AvFrame();
        numbered.Reference(picture);
        (numbered.Pts, numbered.PictureType) = (number, 0);
        return numbered;
    }

    private static byte[] Header(VideoRecipe recipe, Encoder encoder, string? entry)
    {
        using var bytes = new MemoryStream();
        using var muxer = Muxer.Create("mp4", (offset, data) =>
        {
            bytes.Position = offset;
            bytes.Write(data);
        });
        muxer.AddStream(encoder, entry);
        muxer.WriteHeader(
        [
            new("movflags", "+empty_moov+default_base_moof+cmaf+skip_sidx+skip_trailer"),
            new("use_editlist", "0"),
            new("write_btrt", "0"),
            new("video_track_timescale", InitSegment.Timescale(recipe).ToString(CultureInfo.InvariantCulture)),
        ]);
        return bytes.ToArray();
    }

    private delegate byte[] ToSample(ReadOnlySpan<byte> packet);
}
