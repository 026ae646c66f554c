using System.Buffers.Binary;
using System.Text.Json;
using Transcode.Engine.Media;
using Transcode.Engine.Recipes;
using Transcode.Engine.Workers;

namespace Appliance.Fuzz.Targets;

/// <summary>The worker's protocol, as each side reads what the other says: neither believes the other.</summary>
internal static class PipeTargets
{
    private const long SourceBytes = 10_000_000;

    private static readonly EngineIdentity Identity = new("appliance/test", "libtest 1.2.3", "5.x");

    private static readonly SourceDescription Description = new(
        "matroska",
        0,
        new Grid(new Rational(24000, 1001), 730),
        new VideoTrack(0, "h264", 1280, 720, 0, 8, "bt709", "bt709", false),
        [new AudioTrack(1, "aac", 48_000, 2, "eng", null)],
        [],
        []);

    public static IEnumerable<FuzzTarget> Of(FuzzScene scene)
    {
        var rung = (VideoRecipe)Ladder.For(Description).Video[0].Recipe;
        byte[][] fromWorker =
        [
            Whole(Frames.Hello(new(Identity, [], null, null)), Frames.Read(new(1, 0, 1000))),
            Whole(Frames.Read(new(7, SourceBytes - 10, 10)), Frames.Progress(5), Frames.Cancelled(3), Frames.Late(4)),
            Whole(Frames.Chunk(1, "bytes of a segment"u8)),
            Whole(Frames.Failed(1, new(FailureStage.Decode, FailureCause.NothingDecodes, "No picture."))),
        ];
        byte[][] fromParent =
        [
            Whole(Frames.Order(new(1, false, new string('a', 64), SourceBytes, new SegmentOrder(Description, rung, 3)))),
            Whole(Frames.Order(new(2, true, "ff", 5, new ProbeOrder())), Frames.Cancel(2), Frames.Stop()),
            Whole(Frames.BytesFailed(3, "The disk is gone.")),
            Whole(Frames.Bytes(4, 100)),
        ];
        byte[][] words = [.. JsonWords.All, .. Bytes.Of("\"kind\":\"", "\"Recipe\":", "\"index\":-1"), [1], [2], [64], [65], [66], [68], [69]];
        yield return new("worker-says", fromWorker, bytes => Hear(bytes, fromWorker: true)) { Refusals = [typeof(ProtocolException)], Words = words, Mend = MendLength };
        yield return new("worker-hears", fromParent, bytes => Hear(bytes, fromWorker: false)) { Refusals = [typeof(ProtocolException)], Words = words, Mend = MendLength };
        yield return new("worker-process", fromWorker, bytes => Talk(scene, bytes)) { Words = words, Mend = MendLength, Share = 0.005, TimeLimit = TimeSpan.FromSeconds(60), MemoryLimit = 512L << 20 };
    }

    /// <summary>What the first message says its length is, is so.</summary>
    private static byte[] MendLength(byte[] bytes)
    {
        if (bytes.Length >= MessageLimits.HeaderBytes)
        {
            BinaryPrimitives.WriteInt32LittleEndian(bytes.AsSpan(1), bytes.Length - MessageLimits.HeaderBytes);
        }

        return bytes;
    }

    private static byte[] Whole(params Frame[] frames) => [.. frames.SelectMany(frame => frame.Bytes.ToArray())];

    private static string? Hear(byte[] bytes, bool fromWorker)
    {
        using var pipe = new MemoryStream(bytes);
        string heard = "";
        while (Frame.Read(pipe, fromWorker) is { } frame)
        {
            try
            {
                Take(frame);
                heard = heard.Length < 40 ? $"{heard}{frame.Kind} " : heard;
            }
            finally
            {
                frame.Release();
            }
        }

        return heard.Length > 0 ? heard : null;
    }

    private static void Take(Frame frame)
    {
        ReadOnlySpan<byte> payload = frame.Payload.Span;
        var reader = new PayloadReader(payload);
        switch (frame.Kind)
        {
            case MessageKind.Order:
                OrderMessage order = OrderMessage.Parse(payload);
                OrderMessage again = OrderMessage.Parse(Frames.Order(order).Payload.Span);
                FindingException.Unless(
                    JsonSerializer.Serialize(order.Order, EngineJson.Default.WorkOrder) == JsonSerializer.Serialize(again.Order, EngineJson.Default.WorkOrder), "An order is another when it is said again.");
                break;
            case MessageKind.Bytes:
                reader.Int32();
                reader.Byte();
                break;
            case MessageKind.Hello:
                reader.Document(WorkerJson.Default.WorkerHello);
                break;
            case MessageKind.Read:
                ReadMessage read = ReadMessage.Parse(payload, SourceBytes);
                FindingException.Unless(read.Offset >= 0 && read.Count > 0 && read.Offset + read.Count <= SourceBytes, $"{read} is outside of the source.");
                break;
            case MessageKind.Progress:
                reader.Int64();
                reader.End();
                break;
            case MessageKind.Done:
                reader.Int32();
                reader.Document(EngineJson.Default.WorkReport);
                break;
            case MessageKind.Failed:
                reader.Int32();
                WorkFailure failure = reader.Document(EngineJson.Default.WorkFailure);
                FindingException.Unless(WorkerText.Clean(failure.Message ?? "").Length <= MessageLimits.TextCharacters, "A text is too long.");
                break;
            case MessageKind.Cancel or MessageKind.Cancelled or MessageKind.Late or MessageKind.Chunk:
                reader.Int32();
                break;
        }
    }

    /// <summary>The whole of the parent's side: a pool whose workers say this, and nothing else.</summary>
    private static string? Talk(FuzzScene scene, byte[] bytes)
    {
        string file = Path.Combine(scene.Folder, "says");
        File.WriteAllBytes(file, bytes);
        var options = new WorkerPoolOptions
        {
            WorkerPath = "/bin/cat", WorkerArguments = [file, "--"], Slots = 1, SpareWorkers = 0, StartTimeout = TimeSpan.FromSeconds(5), ProgressTimeout = TimeSpan.FromSeconds(5),
            OrderTimeout = TimeSpan.FromSeconds(10),
        };
        try
        {
            TalkAsync(options).GetAwaiter().GetResult();
            return "made";
        }
        catch (TranscodeException exception)
        {
            return $"{exception.Failure.Stage} {exception.Failure.Cause}";
        }
    }

    private static async Task<WorkReport> TalkAsync(WorkerPoolOptions options)
    {
        await using var pool = new WorkerPool(options, Microsoft.Extensions.Logging.Abstractions.NullLogger<WorkerPool>.Instance, TimeProvider.System);
        return await pool.RunAsync(new ProbeOrder(), new MemorySource(new byte[1000]), WorkPriority.Playing, _ => ValueTask.CompletedTask, CancellationToken.None);
    }
}
