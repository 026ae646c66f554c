using Transcode.Engine.Interop.LibAv;
using Transcode.Engine.Interop.Linux;
using Transcode.Engine.Segments;
using Transcode.Engine.Segments.Decoding;

namespace Transcode.Engine.Workers;

/// <summary>The worker process: warms up, locks itself in, then executes orders from its parent. A host that carries the
/// engine in its own executable calls <see cref="Run"/> for the argument <c>worker</c>.</summary>
public static class WorkerProgram
{
    /// <summary>The parent went away.</summary>
    internal const int ExitOrphaned = 3;

    /// <summary>The parent wrote what the protocol does not allow.</summary>
    internal const int ExitProtocol = 4;

    /// <summary>A device's decoder gave wrong pictures, and they were handed on.</summary>
    internal const int ExitWrongPictures = 5;

    private const int ExitUsage = 64; // sysexits.h: EX_USAGE
    private const int ExitUnavailable = 69; // sysexits.h: EX_UNAVAILABLE

    public static int Main(string[] args) => Run(args);

    /// <summary>Runs a worker on descriptors 0 and 1 until its parent stops it or goes away.</summary>
    /// <returns>The exit code: 0 after a stop.</returns>
    public static int Run(IReadOnlyList<string> args)
    {
        ArgumentNullException.ThrowIfNull(args);
        string[] words = [.. args.Where(word => word != "worker")];
        if (words is [ProbeProgram.Word, .. var probe])
        {
            return ProbeProgram.Run(probe);
        }

        WorkerArguments arguments;
        try
        {
            arguments = WorkerArguments.Parse(args);
        }
        catch (Exception exception) when (exception is FormatException or OverflowException)
        {
            WorkerLog.Line(exception.Message);
            return ExitUsage;
        }

        if (arguments.ParentProcess != 0)
        {
            // The end of the pipe says so too, but only to a process that runs: this also ends a stopped one.
            _ = Prctl.SetParentDeathSignal(LibC.SIGKILL);
            if (LibC.GetPPid() != arguments.ParentProcess)
            {
                return ExitOrphaned;
            }
        }

        using WorkerPipe pipe = WorkerPipe.TakeOver();
        Workbench workbench;
        EngineIdentity identity;
        WorkerDevice device;
        FilmDecoders decoders;
        try
        {
            LibAv.Load();
            device = WorkerDevice.Open(arguments.Device, arguments.ProgramFolder);
            decoders = DecoderRehearsal.Open(arguments.Decoders, TimeProvider.System);
            decoders.OnWrongPictures = LeaveWrongPictures;
            workbench = new Workbench(device.Device, decoders);
            identity = workbench.Identity;
            WarmUp.Run();
            Rehearsal.Run(workbench).ForEach(failure => WorkerLog.Line($"cannot rehearse: {failure}"));
            if (arguments.DeviceEncoder is var (codec, node) && EncoderRehearsal.Run(codec, node) is { } trouble)
            {
                // What it is ordered to make is then the spare's.
                WorkerLog.Line($"cannot open {codec}: {trouble}");
            }
        }
        catch (Exception exception) when (exception is TranscodeException or LibAvNotFoundException or DllNotFoundException or EntryPointNotFoundException or TypeInitializationException)
        {
            Exception cause = exception.InnerException is { } inner and not DllNotFoundException ? inner : exception;
            pipe.Send(Frames.Failed(0, new(FailureStage.Worker, FailureCause.Internal, cause.Message)));
            return ExitUnavailable;
        }

        using (workbench)
        {
            List<LockInMeasure> measures = LockIn.Apply(arguments.Measures, arguments.MemoryLimitBytes);
            if (arguments.ProveLockIn)
            {
                measures.ForEach(measure => WorkerLog.Line($"{(measure.Applied ? "applied" : "NOT APPLIED")}: {measure.Name}: {measure.Detail}"));
                return LockInProof.Run();
            }

            pipe.Send(Frames.Hello(new WorkerHello(identity, measures, device.Name, arguments.Device == DeviceUse.None ? null : device.Found) { Decoders = decoders.Notes }));
            using var session = new WorkerSession(pipe, workbench);
            session.Run();
            return 0;
        }
    }
    /// <summary>Everything that was made of them goes with the process; its parent has it made again in software, and says so where other bytes had gone out.</summary>
    private static void LeaveWrongPictures(string why)
    {
        WorkerLog.Line(why);
        LibC.ExitNow(ExitWrongPictures);
    }
}
