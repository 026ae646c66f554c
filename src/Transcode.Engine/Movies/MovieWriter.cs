using System.Globalization;
using Transcode.Engine.Interop.LibAv;
using Transcode.Engine.Segments.Codecs;
using Transcode.Engine.Workers;

namespace Transcode.Engine.Movies;

/// <summary>Writes an ordinary movie file, H.264 and AAC in MP4 with its index at the front: for media that the box itself
/// makes. The same calls give the same bytes.</summary>
public sealed class MovieWriter : IDisposable
{
    /// <summary>Samples in one block of sound (AAC-LC, ISO/IEC 14496-3).</summary>
    public const int BlockSamples = 1024;

    private const int Channels = 2;
    private const int SoundBitsPerSecond = 160_000;

    private readonly MovieOptions _options;
    private readonly Muxer _muxer;
    private readonly MovieTrack _video;
    private readonly MovieTrack? _audio;
    private long _pictures;
    private long _samples;

    private MovieWriter(Stream output, MovieOptions options)
    {
        _options = options;
        _muxer = Muxer.Create("mp4", (offset, data) =>
        {
            output.Position = offset;
            output.Write(data);
        });
        try
        {
            _video = new MovieTrack(_muxer, OpenVideo(options), frameTicks: 1);
            _audio = options.SampleRate == 0
                ? null
                : new MovieTrack(_muxer, Encoder.Open(new AudioEncoderOptions("aac", options.SampleRate, Channels, SoundBitsPerSecond, [])), BlockSamples);
            _muxer.WriteHeader([new("moov_size", IndexBytes(options).ToString(CultureInfo.InvariantCulture))]);
        }
        catch
        {
            Dispose();
            throw;
        }
    }

    /// <summary>Begins a movie.</summary>
    /// <param name="output">Seekable; not disposed.</param>
    /// <param name="options">What will come.</param>
    /// <exception cref="TranscodeException">The system has no libav, or its libav no such encoder.</exception>
    public static MovieWriter Begin(Stream output, MovieOptions options)
    {
        try
        {
            LibAv.Load();
            AvUtil.av_log_set_level(AvUtil.AV_LOG_FATAL);
            return new MovieWriter(output, options);
        }
        catch (Exception exception) when (exception is LibAvNotFoundException or AvException)
        {
            throw new TranscodeException(FailureStage.Encode, FailureCause.UnsupportedCodec, exception.Message, exception);
        }
    }

    /// <summary>Appends a picture: planar YUV 4:2:0, 8 bits, limited range, BT.709, without padding.</summary>
    public void AddPicture(ReadOnlySpan<byte> luma, ReadOnlySpan<byte> blueDifference, ReadOnlySpan<byte> redDifference)
    {
        using var frame = new AvFrame
        {
            Width = _options.Width,
            Height = _options.Height,
            Format = LibAv.Layout.PixelFormats.Yuv420P,
            Pts = _pictures++,
        };
        frame.Allocate();
        Copy(luma, _options.Width, frame, 0);
        Copy(blueDifference, _options.Width / 2, frame, 1);
        Copy(redDifference, _options.Width / 2, frame, 2);
        _video.Write(frame);
    }

    /// <summary>Appends sound, −1 to 1: <see cref="BlockSamples"/> a channel, fewer only at the end.</summary>
    /// <exception cref="InvalidOperationException">The movie has no sound.</exception>
    public void AddSound(ReadOnlySpan<float> left, ReadOnlySpan<float> right)
    {
        MovieTrack audio = _audio ?? throw new InvalidOperationException("This movie has no sound.");
        using var frame = new AvFrame
        {
            Format = LibAv.Layout.SampleFormats.Fltp,
            SampleRate = _options.SampleRate,
            SampleCount = left.Length,
            Pts = _samples,
        };
        frame.SetChannels(Channels);
        frame.Allocate();
        left.CopyTo(frame.Samples(0));
        right.CopyTo(frame.Samples(1));
        _samples += left.Length;
        audio.Write(frame);
    }

    /// <summary>Writes what the encoders still hold, and the index. Without this call the file cannot be played.</summary>
    public void Finish()
    {
        _video.Write(null);
        _audio?.Write(null);
        _muxer.WriteTrailer();
    }

    public void Dispose()
    {
        _video?.Dispose();
        _audio?.Dispose();
        _muxer.Dispose();
    }

    // x264's bytes depend on its threads, so their number does not follow the machine's.
    private static Encoder OpenVideo(MovieOptions options) => Encoder.Open(new VideoEncoderOptions(
        "libx264",
        options.Width,
        options.Height,
        LibAv.Layout.PixelFormats.Yuv420P,
        new((int)options.FrameRate.Numerator, (int)options.FrameRate.Denominator),
        AvUtil.av_color_space_from_name("bt709"),
        AvUtil.av_color_primaries_from_name("bt709"),
        AvUtil.av_color_transfer_from_name("bt709"),
        [
            new("preset", "veryfast"),
            new("profile", "high"),
            new("crf", "18"),
            new("g", options.KeyFrames.ToString(CultureInfo.InvariantCulture)),
            new("threads", "4"),
            new("x264-params", $"open-gop=0:{X264.Instructions}"),
        ]));

    /// <summary>Enough for the sample tables: a picture takes 24 bytes at most (size, decode time, composition offset, sync),
    /// and a block of sound with its chunk as much.</summary>
    private static long IndexBytes(MovieOptions options)
    {
        long seconds = options.FrameRate.Denominator * options.FrameCount / options.FrameRate.Numerator;
        long blocks = options.SampleRate * (seconds + 2) / BlockSamples;
        return 8192 + (32 * (long)options.FrameCount) + (24 * blocks);
    }

    private static void Copy(ReadOnlySpan<byte> plane, int width, AvFrame frame, int number)
    {
        int rows = plane.Length / width;
        int stride = frame.Stride(number);
        Span<byte> to = frame.Plane(number, rows);
        for (int y = 0; y < rows; y++)
        {
            plane.Slice(y * width, width).CopyTo(to.Slice(y * stride, width));
        }
    }
}
