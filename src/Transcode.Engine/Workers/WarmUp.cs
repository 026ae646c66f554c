using System.Diagnostics;
using System.Diagnostics.CodeAnalysis;
using System.Reflection;
using System.Security.Cryptography;

namespace Transcode.Engine.Workers;

/// <summary>Brings into memory, before the lock closes, all that a worker will ever open: afterwards nothing can be
/// loaded, and an order should not pay for compiling the protocol either.</summary>
internal static class WarmUp
{
    public static void Run()
    {
        LoadAssemblies(typeof(WarmUp).Assembly);
        ExerciseProtocol();
        // OpenSSL is loaded by the first hash, and its digests by the first of each.
        _ = SHA256.HashData([]);
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        _ = hash.GetHashAndReset();
        _ = TranscodeTrace();
        _ = Stopwatch.GetTimestamp();
        _ = Environment.CpuUsage;
        _ = TimeZoneInfo.Local;
    }

    [UnconditionalSuppressMessage("Trimming", "IL2026", Justification = "A reference that trimming removed is one that nothing uses.")]
    private static void LoadAssemblies(Assembly root)
    {
        var seen = new HashSet<string>(StringComparer.Ordinal);
        var open = new Queue<Assembly>([root]);
        while (open.TryDequeue(out Assembly? assembly))
        {
            foreach (AssemblyName reference in assembly.GetReferencedAssemblies())
            {
                if (seen.Add(reference.FullName) && TryLoad(reference) is { } loaded)
                {
                    open.Enqueue(loaded);
                }
            }
        }
    }

    private static Assembly? TryLoad(AssemblyName name)
    {
        try
        {
            return Assembly.Load(name);
        }
        catch (FileNotFoundException)
        {
            // Referenced but not deployed: nothing that runs needs it.
            return null;
        }
    }

    /// <summary>The first trace loads what reads symbols.</summary>
    private static string TranscodeTrace()
    {
        try
        {
            throw new TranscodeException(FailureStage.Worker, FailureCause.Internal, "warm-up");
        }
        catch (TranscodeException exception)
        {
            return exception.ToString();
        }
    }

    private static void ExerciseProtocol()
    {
        var pipe = new MemoryStream();
        var report = new WorkReport("", "", 0, 0, 0, 0, 0, "", DateTimeOffset.UnixEpoch, 0, 0, 0);
        Frame[] frames =
        [
            Frames.Order(new OrderMessage(1, false, "00", 0, new ProbeOrder())),
            Frames.Read(new ReadMessage(1, 0, 1)),
            Frames.Chunk(1, [0]),
            Frames.Progress(0),
            Frames.Done(1, report),
            Frames.Failed(1, new(FailureStage.Worker, FailureCause.Internal, "")),
            Frames.Cancelled(1),
            Frames.Late(1),
        ];
        foreach (Frame frame in frames)
        {
            pipe.Write(frame.Bytes);
            frame.Release();
        }

        pipe.Position = 0;
        Frame order = Frame.Read(pipe, fromWorker: false)!.Value;
        _ = OrderMessage.Parse(order.Payload.Span);
        order.Release();
    }
}
