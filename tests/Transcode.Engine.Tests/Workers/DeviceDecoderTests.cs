using System.Globalization;
using System.Text.Json;
using Microsoft.Extensions.Logging.Abstractions;
using Transcode.Engine.Hardware;
using Transcode.Engine.Media;
using Transcode.Engine.Recipes;
using Transcode.Engine.Segments;
using Transcode.Engine.Segments.Decoding;
using Transcode.Engine.Tests.Media;
using Transcode.Engine.Tests.Segments.Captions;
using Transcode.Engine.Workers;
using Xunit;

namespace Transcode.Engine.Tests.Workers;

/// <summary>Decoders other than libav's own choice on their way into a ladder. There is no device here: libaom stands where an AV1 decoder of one would beside dav1d, libvpx beside libav's VP9, and
/// libav's own beside themselves, through the same rehearsal, rules and guard. Decoders of real devices are there too, and fail for their own reasons.</summary>
public sealed class DeviceDecoderTests
{
    private const string Picture = "-f lavfi -i testsrc2=s=192x108:r=25:d=5";

    private static readonly CodingPath Aom = Path("av1", "libaom-av1");

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    /// <summary>Bytes, and what is metered, are the same with and without; the other decoder really made them.</summary>
    [Theory]
    [InlineData("-c:v libx264 -preset veryfast -g 70 -bf 3 -b-pyramid normal -pix_fmt yuv420p", "mp4", "h264", "h264", 8)]
    [InlineData("-c:v libx264 -preset veryfast -g 70 -bf 3 -b-pyramid normal -pix_fmt yuv420p", "ts", "h264", "h264", 8)]
    [InlineData("-c:v libx265 -preset ultrafast -x265-params log-level=none:keyint=30:min-keyint=30:bframes=3:open-gop=1 -pix_fmt yuv420p", "mkv", "hevc", "hevc", 8)]
    [InlineData("-c:v libx265 -preset ultrafast -x265-params log-level=none:keyint=30:min-keyint=30:bframes=3:open-gop=1 -pix_fmt yuv420p10le", "ts", "hevc", "hevc", 10)]
    [InlineData("-c:v libvpx-vp9 -deadline realtime -cpu-used 8 -g 40 -auto-alt-ref 1 -lag-in-frames 10 -pix_fmt yuv420p", "webm", "vp9", "libvpx-vp9", 8)]
    [InlineData("-c:v libsvtav1 -preset 10 -g 40 -pix_fmt yuv420p", "mp4", "av1", "libaom-av1", 8)]
    [InlineData("-c:v libsvtav1 -preset 10 -g 40 -pix_fmt yuv420p10le", "mkv", "av1", "libaom-av1", 10)]
    public async Task Segments_ByAnotherDecoder_AreTheSameBytesAndAreMeteredAlike(string codec, string extension, string format, string decoder, int depth)
    {
        byte[] film = await FFmpeg.MakeAsync($"{Picture} {codec}", extension);
        List<DecoderNote> notes = AssertSame(film, Path(format, decoder, depth));

        Assert.NotEmpty(notes);
        Assert.All(notes, note => Assert.Equal((Path(format, decoder, depth).DecoderName, null, DecoderBlame.None), (note.Name, note.Why, note.Blame)));
    }

    /// <summary>Decoders conceal damage each in its own way: what is damaged is software's.</summary>
    [Theory]
    [InlineData("broken/sample_with_invalid_nalu.mp4", "h264", "h264")]
    [InlineData("broken/missing-keyframe-labels.ts", "h264", "h264", Explicit = true)]
    public void Segments_OfADamagedSource_AreTheSameBytes(string clip, string format, string decoder) =>
        Assert.NotEmpty(AssertSame(File.ReadAllBytes(SharedMedia.Require(clip)), Path(format, decoder)));

    /// <summary>Bytes of a film are others in its midst: libaom finds it out where dav1d conceals, after pictures that were handed on.</summary>
    [Fact]
    public async Task Segment_ThatIsDamagedInItsMidst_IsSoftwaresFromThereOnAndBefore()
    {
        byte[] film = await FFmpeg.MakeAsync($"{Picture} -c:v libsvtav1 -preset 10 -g 125 -pix_fmt yuv420p", "mkv");
        var random = new Random(7);
        for (int place = film.Length / 2; place < (film.Length / 2) + 400; place++)
        {
            film[place] = (byte)random.Next(256);
        }

        List<DecoderNote> notes = AssertSame(film, Aom);
        Assert.Contains(notes, note => note is { Why: not null, Blame: DecoderBlame.Film });
    }

    /// <summary>Within the packets that both decode first, and after pictures that were handed on.</summary>
    [Theory]
    [InlineData(5)]
    [InlineData(60)]
    public async Task Segments_OfPicturesThatGetSmallerWithoutAKeyPicture_AreSoftwaresByTheStreamsDoing(int at)
    {
        byte[] film = await ResizedFilm.MakeAsync(at);
        string[][] pictures = await FFmpeg.ProbeAsync("-select_streams v:0 -show_entries frame=key_frame,width,height", film);
        Assert.Equal(
            Enumerable.Range(0, 125).Select(number => (number == 0, number < at ? ResizedFilm.Width : ResizedFilm.SmallerWidth, number < at ? ResizedFilm.Height : ResizedFilm.SmallerHeight)),
            pictures.Select(row => (row[0] == "1", int.Parse(row[1], CultureInfo.InvariantCulture), int.Parse(row[2], CultureInfo.InvariantCulture))));

        List<DecoderNote> notes = AssertSame(film, Path("vp9", "libvpx-vp9"));
        Assert.Contains(notes, note => (note.Why, note.Blame) == ("its pictures change their shape or colour", DecoderBlame.Film));
        Assert.DoesNotContain(notes, note => note.Blame is DecoderBlame.Device or DecoderBlame.WrongPictures);
    }

    /// <summary>Grain is laid over pictures by each decoder's own lights.</summary>
    [Fact]
    public async Task Segments_WithFilmGrain_AreSoftwares()
    {
        byte[] film = await FFmpeg.MakeAsync($"{Picture} -c:v libsvtav1 -preset 10 -g 40 -pix_fmt yuv420p -svtav1-params film-grain=10", "mp4");
        List<DecoderNote> notes = AssertSame(film, Aom);

        Assert.All(notes, note => Assert.Equal(("grain is to be laid over its pictures, or may be", DecoderBlame.Film), (note.Why, note.Blame)));
        Assert.NotEmpty(notes);
    }

    /// <summary>Three places say so, several rungs of a place once, and it is not tried again: a worker ends whose decoder is opened more often for films than it may be here.</summary>
    [Theory]
    [InlineData(3, 8)]
    [InlineData(2, 4)]
    public async Task Film_ThatNeverQualifies_IsTriedAtThreePlacesAndThenLeftToSoftware(int opensAtMost, int told)
    {
        using FaultyLibrary library = await FaultyLibrary.MakeAsync(opensAtMost: opensAtMost, signal: "SIGABRT");
        byte[] film = await FFmpeg.MakeAsync("-f lavfi -i testsrc2=s=192x108:r=25:d=12 -c:v libsvtav1 -preset 10 -g 25 -pix_fmt yuv420p -svtav1-params film-grain=10", "mp4");
        await using WorkerPool software = Pools.Of(Pools.Options);
        await using WorkerPool pool = Pools.Of(library.Options with { SpareWorkers = 0 });
        pool.UseDecoders([Aom]);
        SegmentOrder order = await OrderAsync(software, film, 0);
        var notes = new List<DecoderNote?>();
        foreach (int index in (int[])[0, 0, 1, 1, 2, 3, 4, 5])
        {
            (byte[] expected, _) = await MadeAsync(software, order with { Index = index }, film);
            (byte[] found, WorkReport report) = await MadeAsync(pool, order with { Index = index }, film);
            Assert.Equal(expected, found);
            notes.Add(report.Decoder);
        }

        Assert.Equal((told == 8 ? 0 : 1, told), (pool.Status.Restarts, notes.Count(note => note is not null)));
        Assert.All(notes.Take(told), note => Assert.Equal(new DecoderNote("libaom-av1", 8, "grain is to be laid over its pictures, or may be", DecoderBlame.Film), note));
    }

    /// <summary>Captions lie in the pictures, and encoders write them into what they make: what is said of a key picture is not said of the others.</summary>
    [Fact]
    public async Task Segments_WithCaptions_AreSoftwares()
    {
        byte[] film = await new CaptionedFilm(70).PopOn("Hello there", 45, 120).PopOn("Across it", 870, 990).MakeAsync("-c:v libx264 -preset ultrafast -g 50 -pix_fmt yuv420p", "ts");
        List<DecoderNote> notes = AssertSame(film, Path("h264", "h264"));

        Assert.All(notes, note => Assert.Equal(("messages lie among its pictures, as captions do, which a device may not hand on", DecoderBlame.Film), (note.Why, note.Blame)));
        Assert.NotEmpty(notes);
    }

    [Fact]
    public async Task Segments_OfFields_AreNotThoughtOf()
    {
        byte[] film = await FFmpeg.MakeAsync($"{Picture} -c:v libx264 -preset veryfast -g 50 -flags +ildct+ilme -x264opts tff=1 -pix_fmt yuv420p", "ts");

        Assert.Empty(AssertSame(film, Path("h264", "h264")));
        Assert.False(new CodingPath(PathDirection.Decode, "mpeg2video", 8, "vaapi", "mpeg2video").MayDecodeFilms);
        Assert.True(new CodingPath(PathDirection.Decode, "av1", 10, "vaapi", "av1").MayDecodeFilms);
    }

    /// <summary>Real decoders of devices that are not here, in real workers: the same segment, and why. Each way to a device once; further codecs are in the long form.</summary>
    [Theory]
    [InlineData("nvdec", "h264_cuvid")]
    [InlineData("qsv", "h264_qsv")]
    [InlineData("v4l2m2m", "h264_v4l2m2m")]
    [InlineData("vaapi", "h264")]
    [InlineData("nvdec", "h264", Explicit = true)]
    [InlineData("nvdec", "hevc_cuvid", Explicit = true)]
    [InlineData("qsv", "av1_qsv", Explicit = true)]
    public async Task Decoder_WithoutItsDevice_LeavesTheSegmentToSoftwareAndSaysWhy(string api, string codec)
    {
        Assert.SkipWhen(Directory.Exists("/dev/dri") || File.Exists("/dev/nvidiactl") || Directory.EnumerateFiles("/dev", "video*").Any(), "This box may have that hardware.");
        string format = codec.Split('_')[0];
        byte[] film = await FFmpeg.MakeOnceAsync($"{Picture} {(format == "h264" ? "-c:v libx264 -preset veryfast" : format == "hevc" ? "-c:v libx265 -preset ultrafast -x265-params log-level=none" : "-c:v libsvtav1 -preset 10")} -g 50 -pix_fmt yuv420p", "mp4");
        var path = new CodingPath(PathDirection.Decode, format, 8, api, codec);
        await using WorkerPool software = Pools.Of(Pools.Options);
        await using WorkerPool pool = Pools.Of(Pools.Options);
        pool.UseDecoders([path]);
        SegmentOrder order = await OrderAsync(software, film, 0);
        (byte[] expected, WorkReport own) = await MadeAsync(software, order, film);
        (byte[] found, WorkReport report) = await MadeAsync(pool, order, film);

        Assert.Equal(expected, found);
        Assert.Equal((own.PixelsIn, own.Sha256, null), (report.PixelsIn, report.Sha256, report.Decoder));
        DecoderStatus status = Assert.Single(pool.Decoders.Status);
        Assert.Equal(path, status.Path);
        Assert.StartsWith("It does not open in a worker, and software decodes: ", status.Why, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Trial_DecoderThatGivesSoftwaresPictures_Passes()
    {
        PathRehearsal rehearsal = await DecoderTrial.RunAsync(Pools.Options, Aom, 640, 360, Token);

        Assert.True(rehearsal.Passed, rehearsal.Reason);
        Assert.Contains("to the byte, of 30 pictures of 640×360 and of a damaged film", rehearsal.Reason, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Trial_DecoderWithoutItsDevice_SaysWhy()
    {
        Assert.SkipWhen(File.Exists("/dev/nvidiactl"), "This box may have that hardware.");
        PathRehearsal rehearsal = await DecoderTrial.RunAsync(Pools.Options, new(PathDirection.Decode, "h264", 8, "nvdec", "h264_cuvid"), 640, 360, Token);

        Assert.False(rehearsal.Passed);
        Assert.StartsWith("It does not decode for a worker that is locked in, as players' are: It does not open in a worker", rehearsal.Reason, StringComparison.Ordinal);
    }

    /// <summary>Two workers that a fault in the decoder's library ends in the midst of a segment. It is made to the same bytes in software; in between the decoder rests for an hour, and is then left
    /// alone until it is tried anew. The ffmpeg program decodes the joins.</summary>
    [Fact]
    public async Task Decoder_WhoseWorkersEnd_RestsAnHourAndIsThenShut()
    {
        using FaultyLibrary library = await FaultyLibrary.MakeAsync(endsAt: 40, signal: "SIGABRT");
        byte[] film = await FilmAsync();
        var clock = new MovedClock();
        await using WorkerPool software = Pools.Of(Pools.Options);
        await using var pool = new WorkerPool(library.Options, NullLogger<WorkerPool>.Instance, clock);
        var shut = new List<string>();
        pool.Decoders.Shut += (path, why) => shut.Add($"{path.DecoderName}: {why}");
        pool.UseDecoders([Aom]);
        SegmentOrder order = await OrderAsync(software, film, 0);
        (byte[] expected, WorkReport own) = await MadeAsync(software, order, film);

        (byte[] found, WorkReport report) = await MadeAsync(pool, order, film);
        Assert.Equal(expected, found);
        Assert.Equal((own.PixelsIn, null), (report.PixelsIn, report.Decoder));
        Assert.StartsWith("A worker that had it ended, and it rests for an hour", pool.Decoders.Status.Single().Why, StringComparison.Ordinal);
        Assert.Empty(pool.Status.Quarantined);
        Assert.Empty(shut);

        clock.Move(DecoderCare.CrashRest);
        (found, _) = await MadeAsync(pool, order, film);
        Assert.Equal(expected, found);
        Assert.StartsWith("libaom-av1: It ended two workers and is left alone until it is tried anew", Assert.Single(shut), StringComparison.Ordinal);
        clock.Move(TimeSpan.FromDays(30));
        (byte[] next, report) = await MadeAsync(pool, order with { Index = 1 }, film);
        Assert.Null(report.Decoder);
        await AssertPlaysAsync(software, order, film, [found, next]);

        pool.Decoders.Forgive(Aom);
        await MadeAsync(pool, order, film);
        Assert.NotNull(pool.Decoders.Status.Single().RestsUntil);
    }

    [Fact]
    public async Task Decoder_WhoseWorkerIsEndedFromOutside_IsNotBlamed()
    {
        byte[] film = await FilmAsync();
        await using WorkerPool pool = Pools.Of(Pools.Options);
        pool.UseDecoders([Aom]);
        SegmentOrder order = await OrderAsync(pool, film, 0);
        (byte[] expected, _) = await MadeAsync(pool, order, film);
        using var output = new MemoryStream();
        bool isKilled = false;
        await pool.RunAsync(
            order,
            Source(film),
            WorkPriority.Playing,
            chunk =>
            {
                output.Write(chunk.Span);
                if (!isKilled)
                {
                    Pools.Kill(Pools.BusyProcess(pool));
                    isKilled = true;
                }

                return ValueTask.CompletedTask;
            },
            Token);

        Assert.True(isKilled);
        Assert.Equal(expected, output.ToArray());
        Assert.Equal((null, null, false), (pool.Decoders.Status.Single().Why, pool.Decoders.Status.Single().RestsUntil, pool.Decoders.Status.Single().IsShut));
    }

    /// <summary>The library's own function fails from the 40th picture on, as a device that goes away; or writes a wrong sample from a picture on, before and after it is looked at.</summary>
    [Theory]
    [InlineData(40, 0, "the decoder met damage", DecoderBlame.Device)]
    [InlineData(0, 1, "its pictures are not those that software decodes from the same bytes", DecoderBlame.WrongPictures)]
    [InlineData(0, 36, "its pictures are not those that software decodes from the same bytes", DecoderBlame.WrongPictures)]
    public async Task Decoder_ThatGoesWrong_LeavesTheSegmentToSoftware(int failsFrom, int wrongFrom, string why, DecoderBlame blame)
    {
        using FaultyLibrary library = await FaultyLibrary.MakeAsync(failsFrom, wrongFrom);
        byte[] film = await FilmAsync(group: wrongFrom > 0 ? 20 : 50);
        await using WorkerPool software = Pools.Of(Pools.Options);
        await using WorkerPool pool = Pools.Of(library.Options);
        pool.UseDecoders([Aom]);
        SegmentOrder order = await OrderAsync(software, film, 0);
        (byte[] expected, WorkReport own) = await MadeAsync(software, order, film);
        (byte[] found, WorkReport report) = await MadeAsync(pool, order, film);

        Assert.True(report.Decoder is not null, pool.Decoders.Status.Single().Why);
        Assert.Equal(new DecoderNote("libaom-av1", 8, why, blame), report.Decoder);
        Assert.Equal(expected, found);
        Assert.Equal(own.PixelsIn, report.PixelsIn);
        DecoderStatus status = Assert.Single(pool.Decoders.Status);
        Assert.Equal((blame == DecoderBlame.WrongPictures, 1L), (status.IsShut, status.LeftToSoftware));
        (byte[] next, _) = await MadeAsync(pool, order with { Index = 1 }, film);
        await AssertPlaysAsync(software, order, film, [found, next]);
    }

    /// <summary>Wrong pictures between two that are looked at, then an error: they are found out when software decodes them anew, and what was made of them goes with its worker.</summary>
    [Fact]
    public async Task Decoder_WhoseWrongPicturesWereHandedOn_EndsItsWorkerAndTheOrderIsSoftwares()
    {
        using FaultyLibrary library = await FaultyLibrary.MakeAsync(failsFrom: 45, wrongFrom: 30);
        byte[] film = await FilmAsync(group: 100);
        await using WorkerPool software = Pools.Of(Pools.Options);
        await using WorkerPool pool = Pools.Of(library.Options);
        pool.UseDecoders([Aom]);
        SegmentOrder order = await OrderAsync(software, film, 0);
        (byte[] expected, _) = await MadeAsync(software, order, film);
        try
        {
            (byte[] found, WorkReport report) = await MadeAsync(pool, order, film);
            Assert.Equal(expected, found);
            Assert.Null(report.Decoder);
        }
        catch (TranscodeException exception)
        {
            // A chunk with such a picture was out: what is made again is otherwise, and that is said instead of sent.
            Assert.Contains("gave different bytes", exception.Message, StringComparison.Ordinal);
        }

        Assert.Contains("rests for an hour", pool.Decoders.Status.Single().Why, StringComparison.Ordinal);
        Assert.Equal(expected, (await MadeAsync(pool, order, film)).Bytes);
    }

    private static CodingPath Path(string format, string decoder, int depth = 8) => new(PathDirection.Decode, format, depth, "standin", decoder);

    private static Task<byte[]> FilmAsync(int group = 50) => FFmpeg.MakeOnceAsync($"{Picture} -c:v libsvtav1 -preset 10 -g {group} -pix_fmt yuv420p", "mp4");

    /// <summary>Makes every segment with and without it.</summary>
    /// <returns>What was said of it.</returns>
    private static List<DecoderNote> AssertSame(byte[] film, CodingPath path)
    {
        using var own = new Workbench();
        using FilmDecoders decoders = DecoderRehearsal.Open([path], TimeProvider.System);
        Assert.Null(Assert.Single(decoders.Notes).Why);
        using var other = new Workbench(decoders: decoders);
        var source = new FileReader(film);
        var described = new MemoryStream();
        using (var looking = new Workbench())
        {
            looking.Execute(new ProbeOrder(), source, chunk => described.Write(chunk.Span), Token);
        }

        SourceDescription description = JsonSerializer.Deserialize(described.ToArray(), EngineJson.Default.SourceDescription)!;
        Recipe recipe = Ladder.For(description).Video.Select(rung => rung.Recipe).OfType<VideoRecipe>().Last();
        var notes = new List<DecoderNote>();
        for (int index = 0; index < description.Grid.SegmentCount; index++)
        {
            WorkReport expected = own.Execute(new SegmentOrder(description, recipe, index), source, _ => { }, Token);
            WorkReport found = other.Execute(new SegmentOrder(description, recipe, index), source, _ => { }, Token);
            Assert.Equal((index, expected.Sha256, expected.PixelsIn, expected.BytesIn), (index, found.Sha256, found.PixelsIn, found.BytesIn));
            Assert.Null(expected.Decoder);
            notes.AddRange(found.Decoder is { } note ? [note] : []);
        }

        return notes;
    }

    private static HeldSource Source(byte[] film) => new(film);

    private static async Task<SegmentOrder> OrderAsync(WorkerPool pool, byte[] film, int index)
    {
        byte[] described = await Pools.BytesAsync(pool, new ProbeOrder(), Source(film), Token);
        SourceDescription description = JsonSerializer.Deserialize(described, EngineJson.Default.SourceDescription)!;
        return new(description, Ladder.For(description).Video.Select(rung => rung.Recipe).OfType<VideoRecipe>().Last(), index);
    }

    private static async Task<(byte[] Bytes, WorkReport Report)> MadeAsync(WorkerPool pool, SegmentOrder order, byte[] film)
    {
        using var output = new MemoryStream();
        WorkReport report = await pool.RunAsync(order, Source(film), WorkPriority.Playing, Pools.Into(output), Token);
        return (output.ToArray(), report);
    }

    private static async Task AssertPlaysAsync(WorkerPool pool, SegmentOrder order, byte[] film, IReadOnlyList<byte[]> segments)
    {
        byte[] init = await Pools.BytesAsync(pool, new InitOrder(order.Source, order.Recipe), Source(film), Token);
        byte[] joined = [.. init, .. segments.SelectMany(segment => segment)];
        await FFmpeg.WithFileAsync(joined, path => FFmpeg.RunAsync($"-xerror -err_detect explode -i {path} -f null -"));
        Assert.Equal(Enumerable.Range(0, segments.Count).Sum(order.Source.Grid.FramesIn), (await FFmpeg.FrameTimesAsync(joined)).Length);
    }

    private sealed class HeldSource(byte[] held) : IByteSource
    {
        public string Fingerprint { get; } = Convert.ToHexStringLower(System.Security.Cryptography.SHA256.HashData(held));

        public long Length => held.Length;

        public ValueTask<int> ReadAsync(long offset, Memory<byte> buffer, CancellationToken cancellationToken)
        {
            int count = (int)Math.Clamp(held.Length - offset, 0, buffer.Length);
            held.AsMemory((int)Math.Min(offset, held.Length), count).CopyTo(buffer);
            return ValueTask.FromResult(count);
        }
    }
}
