using System.ComponentModel;
using System.Diagnostics;
using System.Globalization;
using System.Text;
using System.Threading.Channels;
using Microsoft.Extensions.Logging;
using Transcode.Engine.Recipes;

namespace Transcode.Engine.Workers;

/// <summary>A worker as its parent holds it: the process and its three pipes. The pipes are blocking, so each has a thread
/// of its own with a bounded channel to the asynchronous side; a worker that floods is simply not read.</summary>
internal sealed class WorkerProcess
{
    private const int InboxMessages = 4;
    // Eight rungs' orders, their cancellations, a stop, and an answer to each read in flight; the rest is margin.
    private const int OutboxMessages = 32;
    private const int ThreadStackBytes = 256 * 1024;
    private static readonly TimeSpan ExitTime = TimeSpan.FromMilliseconds(500);
    private static readonly TimeSpan BurialTime = TimeSpan.FromSeconds(5);

    /// <summary>How an exit code tells a signal.</summary>
    private const int SignalBase = 128;

    /// <summary>SIGHUP, SIGINT, SIGKILL, SIGTERM: no crash raises these. The kernel short of memory sends the third.</summary>
    private static readonly int[] OutsideSignals = [1, 2, 9, 15];

    private static readonly string[] InheritedVariables =
        ["PATH", "HOME", "TMPDIR", "LD_LIBRARY_PATH", "DOTNET_", "OCL_", "POCL_", "LIBVA_", "CUDA_", "NVIDIA_"];

    private readonly Process process;
    private readonly ILogger logger;
    private readonly Channel<Frame> inbox = Channel.CreateBounded<Frame>(InboxMessages);
    private readonly Channel<Frame> outbox = Channel.CreateBounded<Frame>(OutboxMessages);
    private readonly TaskCompletionSource ended = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly TaskCompletionSource overheard = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly Lock gate = new();
    private int? exitCode;
    private string? killedBecause;
    private bool isHung;
    private volatile string lastWords = "";

    private WorkerProcess(Process process, ILogger logger)
    {
        this.process = process;
        this.logger = logger;
        Id = process.Id;
        StartThread(Listen, "listen");
        StartThread(Speak, "speak");
        StartThread(Overhear, "overhear");
        _ = WatchAsync();
    }

    public int Id { get; }

    /// <summary>What the worker says; completes when it ends.</summary>
    public ChannelReader<Frame> Inbox => inbox.Reader;

    /// <summary>Completes when the process is gone.</summary>
    public Task Ended => ended.Task;

    /// <summary>Whether it is of no more use.</summary>
    public bool IsLost => killedBecause is not null || ended.Task.IsCompleted;

    /// <summary>How it came to its end. To be asked after <see cref="Ended"/>.</summary>
    public WorkerEnd End =>
        isHung ? WorkerEnd.Hung
        : killedBecause is null && exitCode is { } code && OutsideSignals.Contains(code - SignalBase) ? WorkerEnd.Outside
        : WorkerEnd.Fault;

    /// <summary>Starts a worker. Blocks for the fork; the calling thread's end would be the worker's.</summary>
    /// <exception cref="Win32Exception">The program cannot be started.</exception>
    /// <param name="options">Of the pool.</param>
    /// <param name="device">What it may make pictures on: the options' own, or less.</param>
    /// <param name="encoder">What it opens before its lock closes; null for nothing.</param>
    /// <param name="decoders">Likewise.</param>
    /// <param name="logger">Told of its life.</param>
    public static WorkerProcess Start(WorkerPoolOptions options, DeviceUse device, DeviceEncoder? encoder, IReadOnlyList<Hardware.CodingPath> decoders, ILogger logger)
    {
        var start = new ProcessStartInfo(options.WorkerPath)
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            UseShellExecute = false,
            WorkingDirectory = "/",
        };
        foreach (string argument in options.WorkerArguments)
        {
            start.ArgumentList.Add(argument);
        }

        start.ArgumentList.Add(WorkerArguments.Parent + Environment.ProcessId.ToString(CultureInfo.InvariantCulture));
        start.ArgumentList.Add(WorkerArguments.MemoryLimit + options.MemoryLimitBytes.ToString(CultureInfo.InvariantCulture));
        if (device != DeviceUse.None)
        {
            start.ArgumentList.Add(WorkerArguments.DeviceName + device);
            if (options.ProgramFolder is { } folder)
            {
                start.ArgumentList.Add(WorkerArguments.Programs + Path.GetFullPath(folder));
            }
        }

        if (encoder is not null)
        {
            start.ArgumentList.Add($"{WorkerArguments.Encoder}{encoder.Codec},{encoder.Node}");
        }

        foreach (Hardware.CodingPath decoder in decoders)
        {
            start.ArgumentList.Add(WorkerArguments.Decoder + decoder);
        }

        // The host's secrets may be in its environment; a worker gets what finding its libraries takes.
        foreach (string name in start.Environment.Keys.Where(name => !InheritedVariables.Any(kept => name.StartsWith(kept, StringComparison.Ordinal))).ToArray())
        {
            start.Environment.Remove(name);
        }

        // No debugger's socket, no thread for collections: the heap is small, and what exists must be locked in.
        start.Environment["DOTNET_EnableDiagnostics"] = "0";
        start.Environment["DOTNET_gcConcurrent"] = "0";

        // glibc takes what is larger from the kernel, and gives it back: until it raises the threshold by itself, to what an encoder frees, and keeps
        // an encoder's memory in a heap for each thread there ever was (mallopt(3), M_MMAP_THRESHOLD). Said outright, it stays.
        start.Environment["MALLOC_MMAP_THRESHOLD_"] = "131072";
        return new WorkerProcess(Process.Start(start)!, logger);
    }

    /// <summary>Sends, or releases, a message.</summary>
    public void Send(Frame frame)
    {
        if (!outbox.Writer.TryWrite(frame))
        {
            frame.Release();
            Kill("it does not read its pipe");
        }
    }

    /// <summary>Ends the worker; the first reason is the one kept.</summary>
    public void Kill(string reason, bool hung = false)
    {
        lock (gate)
        {
            // Nothing that went by itself is said to have been ended here.
            if (IsLost || exitCode is not null)
            {
                return;
            }

            killedBecause = reason;
            isHung = hung;
        }

        try
        {
            process.Kill();
        }
        catch (Exception exception) when (exception is InvalidOperationException or Win32Exception)
        {
            // It went by itself in this moment.
        }

        _ = BuryAsync();
    }

    /// <summary>Asks the worker to end, and ends it where it does not.</summary>
    public async Task StopAsync(TimeSpan patience, TimeProvider time)
    {
        Send(Frames.Stop());
        try
        {
            await Ended.WaitAsync(patience, time).ConfigureAwait(false);
        }
        catch (TimeoutException)
        {
            Kill("it did not stop when asked");
            await Ended.ConfigureAwait(false);
        }
    }

    /// <summary>Why the worker is gone, in a sentence's tail. To be asked after <see cref="Ended"/>.</summary>
    public string Obituary()
    {
        string cause = killedBecause ?? (exitCode is { } code ? $"it ended with code {code}{Signal(code)}" : "it closed its pipe");
        return lastWords.Length > 0 ? $"{cause}; its last words: {lastWords}" : cause;
    }

    /// <summary>Resident memory, from the kernel's count of pages; 0 where it is gone.</summary>
    public long ResidentBytes()
    {
        try
        {
            string[] fields = File.ReadAllText($"/proc/{Id}/statm").Split(' ');
            return long.Parse(fields[1], CultureInfo.InvariantCulture) * Environment.SystemPageSize;
        }
        catch (IOException)
        {
            return 0;
        }
    }

    private static string Signal(int code) => code > SignalBase ? $" (signal {code - SignalBase})" : "";

    private void StartThread(ThreadStart body, string name) =>
        new Thread(body, ThreadStackBytes) { Name = $"worker {Id} {name}", IsBackground = true }.Start();

    private void Listen()
    {
        try
        {
            using Stream stream = process.StandardOutput.BaseStream;
            while (Frame.Read(stream, fromWorker: true) is { } frame)
            {
                if (!inbox.Writer.TryWrite(frame))
                {
                    inbox.Writer.WriteAsync(frame).AsTask().GetAwaiter().GetResult();
                }
            }
        }
        catch (ProtocolException exception) when (!exception.Message.StartsWith("The pipe ended", StringComparison.Ordinal))
        {
            Kill($"it broke the protocol: {exception.Message}");
        }
        catch (Exception exception) when (exception is IOException or ChannelClosedException or ObjectDisposedException)
        {
            // An end in the middle of a message is how a killed worker's pipe looks.
        }

        inbox.Writer.TryComplete();
        _ = AwaitExitAsync();
    }

    private void Speak()
    {
        try
        {
            using Stream stream = process.StandardInput.BaseStream;
            while (outbox.Reader.WaitToReadAsync().AsTask().GetAwaiter().GetResult())
            {
                while (outbox.Reader.TryRead(out Frame frame))
                {
                    stream.Write(frame.Bytes);
                    stream.Flush();
                    frame.Release();
                }
            }
        }
        catch (Exception exception) when (exception is IOException or ObjectDisposedException)
        {
            // The worker is gone; the listener says so.
        }

        outbox.Writer.TryComplete();
    }

    /// <summary>Logs what the worker and its libraries print, so much a second and no more.</summary>
    private void Overhear()
    {
        var budget = new LineBudget();
        byte[] buffer = new byte[4096];
        var line = new StringBuilder();
        try
        {
            using Stream stream = process.StandardError.BaseStream;
            int count;
            while ((count = stream.Read(buffer)) > 0)
            {
                foreach (char character in Encoding.UTF8.GetString(buffer, 0, count))
                {
                    if (character != '\n')
                    {
                        _ = line.Length < MessageLimits.TextCharacters ? line.Append(character) : line;
                        continue;
                    }

                    lastWords = WorkerText.Clean(line.ToString());
                    line.Clear();
                    if (budget.Allows(out int suppressed))
                    {
                        logger.WorkerSaid(Id, lastWords, suppressed);
                    }
                }
            }
        }
        catch (Exception exception) when (exception is IOException or ObjectDisposedException)
        {
            // As above.
        }

        overheard.TrySetResult();
    }

    /// <summary>A worker that closed its pipe is of no use even where it lives on.</summary>
    private async Task AwaitExitAsync()
    {
        try
        {
            await ended.Task.WaitAsync(ExitTime).ConfigureAwait(false);
        }
        catch (TimeoutException)
        {
            Kill("it closed its pipe and went on");
        }
    }

    /// <summary>A worker that cannot die, inside a driver, is given up.</summary>
    private async Task BuryAsync()
    {
        try
        {
            await ended.Task.WaitAsync(BurialTime).ConfigureAwait(false);
        }
        catch (TimeoutException)
        {
            inbox.Writer.TryComplete();
            ended.TrySetResult();
        }
    }

    private async Task WatchAsync()
    {
        await process.WaitForExitAsync().ConfigureAwait(false);
        lock (gate)
        {
            exitCode = process.ExitCode;
        }

        outbox.Writer.TryComplete();
        // Its last words are worth a moment.
        await Task.WhenAny(overheard.Task, Task.Delay(ExitTime)).ConfigureAwait(false);
        ended.TrySetResult();
        process.Dispose();
    }
}
