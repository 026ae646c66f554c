using System.Globalization;
using Transcode.Engine.Interop.LibAv;
using Transcode.Engine.Movies;

namespace Transcode.Engine.Hardware;

/// <summary>Test pictures in a codec that films come in and nothing here is made in: its decoders are tried with what libav's own encoder makes, where it has that.</summary>
/// <param name="Format">libav's name of the codec.</param>
/// <param name="Encoder">libav's name of the encoder.</param>
/// <param name="DeepestBits">8 or 10.</param>
/// <param name="MostApart">By how much a right decoder's samples may differ from another's, in steps of 8 bits; 0 where they are the codec's specification's.</param>
/// <param name="Options">The encoder's.</param>
internal sealed record ForeignStream(string Format, string Encoder, int DeepestBits, int MostApart, IReadOnlyList<KeyValuePair<string, string>> Options)
{
    private const int GroupPictures = 12;

    /// <summary>A keyframe, three after it that each stand on the one before, and one between two of them.</summary>
    private const int ChainPictures = (GroupPictures / 3) + 1;

    /// <summary>Each that is known, in the order paths are listed.</summary>
    public static IReadOnlyList<ForeignStream> All { get; } =
    [
        new("vp9", "libvpx-vp9", 10, 0, [new("deadline", "realtime"), new("cpu-used", "8"), new("b", "8000000"), new("threads", "1")]),

        // ISO/IEC 13818-2, annex A: a sample may be off by a step, of either decoder, in each picture that another stands on.
        new("mpeg2video", "mpeg2video", 8, 2 * ChainPictures, [new("b", "20000000"), new("bf", "2"), new("g", GroupPictures.ToString(CultureInfo.InvariantCulture)), new("threads", "1")]),
    ];

    /// <returns>Null for a codec that is not foreign.</returns>
    public static ForeignStream? Of(string format) => All.FirstOrDefault(stream => stream.Format == format);

    /// <summary>Why there is nothing to try decoders with; null where there is.</summary>
    public string? WhyNone => CodecEntry.All().Any(codec => codec.IsEncoder && codec.Name == Encoder)
        ? null
        : $"There is nothing to try it with: libav has no encoder {Encoder} here, which would make what is to be decoded.";

    /// <exception cref="AvException">The encoder does not open, or fails.</exception>
    public ProbedSegment Make(TestPictures shape, IReadOnlyList<AvFrame> pictures)
    {
        using var file = new MemoryStream();
        using (var muxer = Muxer.Create("mp4", (offset, data) =>
        {
            file.Position = offset;
            file.Write(data);
        }))
        {
            using var track = new MovieTrack(muxer, Open(shape), frameTicks: 1);
            muxer.WriteHeader([new("use_editlist", "0")]);
            foreach (AvFrame picture in pictures)
            {
                track.Write(picture);
            }

            track.Write(null);
            muxer.WriteTrailer();
        }

        return new(file.ToArray(), 0, TimeSpan.Zero, TimeSpan.Zero);
    }

    private Encoder Open(TestPictures shape) => Interop.LibAv.Encoder.Open(new VideoEncoderOptions(
        Encoder,
        shape.Width,
        shape.Height,
        AvUtil.av_get_pix_fmt(shape.PixelFormat),
        new(TestSource.FrameRate, 1),
        AvUtil.AVCOL_SPC_BT709,
        AvUtil.av_color_primaries_from_name("bt709"),
        AvUtil.av_color_transfer_from_name("bt709"),
        Options));
}
