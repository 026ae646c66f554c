using System.Buffers.Binary;
using System.Collections.Concurrent;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Appliance.Transcoding;
using Transcode.Engine.Media;
using Transcode.Engine.Recipes;
using Transcode.Engine.Workers;

namespace Appliance.Tests.Hosting;

/// <summary>Does what workers do, at moments a test decides. Each segment is three chunks, a function of the order.</summary>
internal sealed class ScriptedTranscoder : ITranscoder
{
    public const int ChunkBytes = 1000;

    private readonly Lock _gate = new();
    private TaskCompletionSource _changed = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public static EngineIdentity Identity { get; } = new("appliance/test", "libtest 1.2.3", "5.x");

    /// <summary>Thirty seconds and a bit of 1280×720 at 24000/1001, with sound: 16 segments.</summary>
    public SourceDescription Description { get; set; } = new(
        "matroska",
        0,
        new Grid(new Rational(24000, 1001), 730),
        new VideoTrack(0, "h264", 1280, 720, 0, 8, "bt709", "bt709", false),
        [new AudioTrack(1, "aac", 48_000, 2, "eng", null)],
        [],
        []);

    /// <summary>Awaited before each chunk of a segment, with its number.</summary>
    public Func<SegmentOrder, int, CancellationToken, Task> BeforeChunk { get; set; } = (_, _, _) => Task.CompletedTask;

    /// <summary>Awaited after the last chunk of a segment, when only its report is still to come.</summary>
    public Func<SegmentOrder, Task> BeforeReport { get; set; } = _ => Task.CompletedTask;

    /// <summary>What a segment's report says otherwise.</summary>
    public Func<SegmentOrder, WorkReport, WorkReport> Adjust { get; set; } = (_, report) => report;

    /// <summary>How many probes are still to be cancelled, as the pool does when something urgent comes.</summary>
    public int ProbesToGiveWay { get; set; }

    public TranscodeException? StartFailure { get; set; }

    public ConcurrentQueue<(WorkOrder Order, WorkPriority Priority)> Started { get; } = new();

    public ConcurrentQueue<(WorkOrder Order, WorkPriority Priority)> Raised { get; } = new();

    /// <summary>For runs so long that a journal of every order would be all the memory there is.</summary>
    public bool KeepsNoJournal { get; init; }

    /// <summary>Sources, by fingerprint, whose segments cannot be made.</summary>
    public HashSet<string> BadSources { get; } = [];

    /// <summary>Orders carried out.</summary>
    public long Made { get; private set; }

    public int Running { get; private set; }

    public int Cancelled { get; private set; }

    public IEnumerable<int> SegmentsStarted => Started.Select(s => s.Order).OfType<SegmentOrder>().Select(o => o.Index);

    /// <summary>Of a pool that has one worker.</summary>
    public PoolStatus Status { get; } = new(
        [new(ProcessId: 1, Ready: true, Work: null, Fingerprint: null, Age: TimeSpan.FromMinutes(1), OrdersDone: 0, ResidentBytes: 50 << 20)],
        [new(WorkPriority.Playing, Queued: 2, Running: 1)],
        Completed: 7,
        Preempted: 3,
        Restarts: 5,
        Hung: 1,
        Recycled: 2,
        Quarantined: [],
        LockIn: [],
        Devices: []);

    public static byte[] Chunk(SegmentOrder order, int number) => Text($"{order.Recipe.Id} {order.Index} {number};", ChunkBytes);

    public static byte[] Whole(SegmentOrder order) => [.. Chunk(order, 0), .. Chunk(order, 1), .. Chunk(order, 2)];

    public Task<EngineIdentity> GetIdentityAsync(CancellationToken cancellationToken) =>
        StartFailure is null ? Task.FromResult(Identity) : Task.FromException<EngineIdentity>(StartFailure);

    public StartedWork Start(
        WorkOrder order,
        IByteSource source,
        WorkPriority priority,
        Func<ReadOnlyMemory<byte>, ValueTask> onChunk,
        CancellationToken cancellationToken)
    {
        if (!KeepsNoJournal)
        {
            Started.Enqueue((order, priority));
        }

        Note(() => Running++);
        return new(WorkAsync(order, source.Fingerprint, onChunk, cancellationToken), raised =>
        {
            if (!KeepsNoJournal)
            {
                Raised.Enqueue((order, raised));
            }

            Note(() => { });
        });
    }

    /// <summary>Waits for a state of this transcoder, without polling.</summary>
    public async Task UntilAsync(Func<ScriptedTranscoder, bool> holds)
    {
        while (true)
        {
            Task changed;
            lock (_gate)
            {
                if (holds(this))
                {
                    return;
                }

                changed = _changed.Task;
            }

            await changed.WaitAsync(TimeSpan.FromSeconds(20), TestContext.Current.CancellationToken);
        }
    }

    private async Task<WorkReport> WorkAsync(
        WorkOrder order, string source, Func<ReadOnlyMemory<byte>, ValueTask> onChunk, CancellationToken cancellationToken)
    {
        await Task.Yield();
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        long bytes = 0;
        try
        {
            if (order is ProbeOrder && ProbesToGiveWay-- > 0)
            {
                throw new OperationCanceledException();
            }

            if (order is SegmentOrder && BadSources.Contains(source))
            {
                throw new TranscodeException(FailureStage.Decode, FailureCause.NothingDecodes, "Nothing of it can be decoded.");
            }

            for (int i = 0; i < (order is SegmentOrder ? 3 : 1); i++)
            {
                byte[] chunk = order switch
                {
                    ProbeOrder => JsonSerializer.SerializeToUtf8Bytes(Description, EngineJson.Default.SourceDescription),
                    SegmentOrder segment => Chunk(segment, i),
                    InitOrder init => Init(init.Recipe),
                    _ => Text("jpeg;", ChunkBytes),
                };
                if (order is SegmentOrder one)
                {
                    await BeforeChunk(one, i, cancellationToken);
                }

                await onChunk(chunk);
                hash.AppendData(chunk);
                bytes += chunk.Length;
            }

            if (order is SegmentOrder whole)
            {
                await BeforeReport(whole);
            }

            Note(() =>
            {
                Running--;
                Made++;
            });
            WorkReport report = Report(TimeSpan.FromMicroseconds(10)) with { BytesOut = bytes, Sha256 = Convert.ToHexStringLower(hash.GetHashAndReset()) };
            return order is SegmentOrder made ? Adjust(made, report) : report;
        }
        catch (Exception exception)
        {
            Note(() =>
            {
                Running--;
                Cancelled += exception is OperationCanceledException ? 1 : 0;
            });
            throw;
        }
    }

    /// <summary>What workers would report.</summary>
    public static WorkReport Report(TimeSpan elapsed) => new(
        Identity.ToString(), "libx264", 48, 1, 1, 1, 1, new string('0', 64), DateTimeOffset.UnixEpoch.AddYears(50), (long)elapsed.TotalMicroseconds, 5, 7);

    /// <summary>The smallest thing that a codec string and a timescale can be read from: for pictures an avcC box with a
    /// profile, constraints and level; an mdhd box.</summary>
    private static byte[] Init(Recipe recipe) => (recipe as PictureRecipe ?? (recipe as IFrameRecipe)?.Picture) is { } video
        ? [0, 0, 0, 19, .. "avcC"u8, 1, 0x64, 0x00, 0x1f, 0xff, 0xe1, 0, 4, 0x67, 0x64, 0x00, 0x1f, .. MediaHeader((int)video.FrameRate.Numerator)]
        : [0, 0, 0, 8, .. "mp4a"u8, .. MediaHeader(((AudioRecipe)recipe).SampleRate)];

    private static byte[] MediaHeader(int timescale)
    {
        byte[] box = [0, 0, 0, 32, .. "mdhd"u8, .. new byte[24]];
        BinaryPrimitives.WriteInt32BigEndian(box.AsSpan(20), timescale);
        return box;
    }

    private static byte[] Text(string text, int bytes) =>
        Encoding.ASCII.GetBytes(string.Concat(Enumerable.Repeat(text, (bytes / text.Length) + 1)))[..bytes];

    private void Note(Action change)
    {
        TaskCompletionSource before;
        lock (_gate)
        {
            change();
            before = _changed;
            _changed = new(TaskCreationOptions.RunContinuationsAsynchronously);
        }

        before.SetResult();
    }
}
