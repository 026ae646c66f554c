using System.Buffers.Binary;
using System.Text;
using Transcode.Engine.Media;
using Transcode.Engine.Recipes;
using Transcode.Engine.Segments;
using Transcode.Engine.Tests.Media;
using Transcode.Engine.Workers;
using Xunit;

namespace Transcode.Engine.Tests.Segments;

/// <summary>Initialization segments and media segments as ISO/IEC 14496-12 and 23000-19 (CMAF) have them.</summary>
public sealed class SegmentBoxesTests
{
    private const uint Sync = 0x0200_0000;

    /// <summary>x264's B-frames with one level of pyramid.</summary>
    private const int ReorderFrames = 2;

    private const int PictureUnit = 1;
    private const int IdrUnit = 5;
    private const uint Dependent = 0x0101_0000;

    /// <summary>Frames a chunk: half a second is twelve, and the first half second leaves in smaller ones.</summary>
    private static readonly int[] WholeSegment = [3, 3, 6, 12, 12, 11];

    private static readonly int[] LastSegment = [3, 3, 6, 12, 1];

    private static readonly string[] Chunk = ["moof", "mdat"];

    [Fact]
    public async Task Init_AskedAgainAndElsewhere_IsTheSameBytes()
    {
        using Desk desk = await OpenAsync();
        byte[] picture = desk.Init(desk.Video);
        byte[] sound = desk.Init(desk.Sound);
        desk.Segment(desk.Video, 1);
        using Desk other = await OpenAsync();

        Assert.Equal(picture, desk.Init(desk.Video));
        Assert.Equal(sound, other.Init(other.Sound));
        Assert.Equal(picture, other.Init(other.Video));
    }

    [Fact]
    public async Task Init_Boxes_AreThoseOfACmafHeader()
    {
        using Desk desk = await OpenAsync();
        foreach ((Recipe recipe, uint timescale, string handler) in new[] { (desk.Video, 24000u, "vide"), ((Recipe)desk.Sound, 48000u, "soun") })
        {
            IReadOnlyList<Box> boxes = Box.Parse(desk.Init(recipe));
            Box movie = boxes[1];
            Box track = movie.Children.Single(box => box.Type == "trak");

            Assert.Equal(["ftyp", "moov"], boxes.Select(box => box.Type));
            Assert.Contains("cmfc", Encoding.ASCII.GetString(boxes[0].Body.Span), StringComparison.Ordinal);
            Assert.Equal(timescale, track.At("mdia/mdhd").UInt32(12));
            Assert.Equal(handler, Encoding.ASCII.GetString(track.At("mdia/hdlr").Body.Span[8..12]));
            Assert.DoesNotContain(track.Children, box => box.Type == "edts");
            Assert.Equal(0u, track.At("mdia/minf/stbl/stsz").UInt32(8));
            Assert.Single(movie.At("mvex").Children, box => box.Type == "trex");
        }
    }

    [Fact]
    public async Task Init_CodecString_IsProfileAndLevelAsFfprobeSeesThem()
    {
        using Desk desk = await OpenAsync();
        byte[] init = desk.Init(desk.Video);
        string[] row = Assert.Single(await FFmpeg.ProbeAsync(
            "-select_streams v -show_entries stream=profile,level", [.. init, .. desk.Segment(desk.Video, 0)]));

        Assert.Equal("High", row[0]);
        Assert.Equal($"avc1.6400{int.Parse(row[1], System.Globalization.CultureInfo.InvariantCulture):x2}", CodecString.FromInit(init));
        Assert.Equal("mp4a.40.2", CodecString.FromInit(desk.Init(desk.Sound)));
        Assert.Throws<FormatException>(() => CodecString.FromInit("ftyp"u8));
    }

    [Fact]
    public async Task Segment_Boxes_TellAbsoluteTimesAndWhereToBegin()
    {
        using Desk desk = await OpenAsync();
        int ticks = InitSegment.TicksPerFrame(desk.Video);
        Assert.Equal(1001, ticks);
        for (int index = 0; index < desk.SegmentCount; index++)
        {
            IReadOnlyList<Box> boxes = Box.Parse(desk.Segment(desk.Video, index));
            Box[] fragments = [.. boxes.Where(box => box.Type == "moof")];
            int[] sizes = [.. fragments.Select(box => box.At("traf/trun").Run().Count)];
            var samples = fragments.SelectMany(box => box.At("traf/trun").Run()).ToList();
            long firstDecode = Grid.MediaClockLeadSeconds * 24000L + ((desk.Grid.FirstFrame(index) - ReorderFrames) * ticks);

            Assert.Equal(["styp", .. fragments.SelectMany(_ => Chunk)], boxes.Select(box => box.Type));
            Assert.Equal(index == 0 ? WholeSegment : LastSegment, sizes);
            Assert.Equal(Enumerable.Range(0, fragments.Length).Select(i => ((uint)index * 1024) + (uint)i + 1), fragments.Select(box => box.At("mfhd").UInt32(4)));
            Assert.All(fragments, box => Assert.Equal(1, box.At("traf/tfdt").Version));
            Assert.Equal(
                Enumerable.Range(0, fragments.Length).Select(i => (ulong)(firstDecode + ((long)sizes[..i].Sum() * ticks))),
                fragments.Select(box => box.At("traf/tfdt").UInt64(4)));
            Assert.Equal(Sync, samples[0].Flags);
            Assert.All(samples.Skip(1), sample => Assert.Equal(Dependent, sample.Flags));
            Assert.All(boxes.Zip(boxes.Skip(1)).Where(pair => pair.First.Type == "moof"), pair =>
                Assert.Equal(pair.First.At("traf/trun").Run().Sum(sample => sample.Size), pair.Second.Body.Length));

            // Shown times fill the segment exactly: nothing is shown outside the GOP, so it is closed.
            Assert.Equal(
                Enumerable.Range(0, samples.Count).Select(n => (n + ReorderFrames) * ticks),
                samples.Select((sample, n) => (n * ticks) + sample.Offset).Order());
            Assert.Equal(ReorderFrames * ticks, samples[0].Offset);
            Assert.Equal(IdrUnit, UnitTypes(boxes[2].Body[..samples[0].Size]).Single(type => type is PictureUnit or IdrUnit));
            Assert.DoesNotContain(IdrUnit, UnitTypes(Desk.Join([.. boxes.Where(box => box.Type == "mdat").Select(box => box.Body.ToArray())]).AsMemory(samples[0].Size)));
        }
    }

    [Fact]
    public async Task Segment_SoundBoxes_AreOneChunkAtAnAbsoluteTime()
    {
        using Desk desk = await OpenAsync();
        long frames = 0;
        for (int index = 0; index < desk.SegmentCount; index++)
        {
            IReadOnlyList<Box> boxes = Box.Parse(desk.Segment(desk.Sound, index));

            Assert.Equal(["styp", "moof", "mdat"], boxes.Select(box => box.Type));
            Assert.Equal((ulong)(48000 + (frames * 1024)), boxes[1].At("traf/tfdt").UInt64(4));
            Assert.All(boxes[1].At("traf/trun").Run(), sample => Assert.Equal((Sync, 0), (sample.Flags, sample.Offset)));
            frames += boxes[1].At("traf/trun").Run().Count;
        }

        Assert.Equal(desk.Grid.FirstAudioFrame(desk.SegmentCount, 48000, 1024), frames);
    }

    /// <summary>The first chunk is out before the decoder has read what the last pictures need: no clock is asked.</summary>
    [Fact]
    public async Task Segment_FirstChunk_LeavesBeforeTheLastPictureIsRead()
    {
        byte[] film = await FFmpeg.MakeAsync("-f lavfi -i testsrc2=s=320x180:r=24:d=2 -pix_fmt yuv420p -c:v rawvideo", "nut");
        var events = new List<string>();
        var source = new FileReader(film)
        {
            OnRead = offset =>
            {
                lock (events)
                {
                    events.Add(offset > film.Length * 0.95 ? "end" : "read");
                }
            },
        };
        using var desk = new Desk(source);
        lock (events)
        {
            events.Clear();
        }

        desk.Execute(new SegmentOrder(desk.Description, desk.Video, 0), _ =>
        {
            lock (events)
            {
                events.Add("chunk");
            }
        });

        Assert.Equal(6, events.Count(e => e == "chunk"));
        Assert.InRange(events.IndexOf("chunk"), 0, events.LastIndexOf("read"));
    }

    /// <summary>The types of length-prefixed NAL units (ITU-T H.264, table 7-1).</summary>
    private static List<int> UnitTypes(ReadOnlyMemory<byte> units)
    {
        var types = new List<int>();
        while (units.Length > 0)
        {
            types.Add(units.Span[4] & 0x1F);
            units = units[(4 + BinaryPrimitives.ReadInt32BigEndian(units.Span))..];
        }

        return types;
    }

    private static async Task<Desk> OpenAsync() => new(await FFmpeg.MakeAsync(
        "-f lavfi -i testsrc2=s=192x108:r=24000/1001 -f lavfi -i sine=r=48000 -t 3 -pix_fmt yuv420p -c:v libx264 -c:a flac -frames:v 72", "mkv"));
}
