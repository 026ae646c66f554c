using System.Diagnostics;
using System.Text.Json;
using Microsoft.Extensions.Logging.Abstractions;
using Transcode.Engine.Media;
using Transcode.Engine.Recipes;
using Transcode.Engine.Workers;

namespace Appliance.Bench;

/// <summary>A whole ladder made by a pool of workers as batch work is: segment after segment, every rung of one at once, a
/// few segments ahead. Starting and ending the workers, and looking at the source, are part of it.</summary>
internal sealed class EngineLadder(string program, string film, string folder, Func<Ladder, IEnumerable<Rendition>> choose)
{
    /// <summary>Segments asked for beyond those that the slots hold.</summary>
    private const int SegmentsAhead = 2;

    /// <summary>What is done to pictures before they are encoded; null for nothing.</summary>
    public PictureTuning? Tuning { get; init; } = PictureTuning.Auto;

    public SourceDescription Source { get; private set; } = null!;

    public IReadOnlyList<Rendition> Renditions { get; private set; } = [];

    public async Task<LadderCost> RunAsync()
    {
        TimeSpan endedBefore = ProcessTime.OfEndedChildren();
        TimeSpan ownBefore = Environment.CpuUsage.TotalTime;
        long started = Stopwatch.GetTimestamp();
        var options = new WorkerPoolOptions { WorkerPath = program, WorkerArguments = ["worker"], QueueLimit = 4096, SpareWorkers = 0 };
        using var source = new FileSource(film);
        string[] files;
        HeldMemory held;
        await using (var pool = new WorkerPool(options, NullLogger<WorkerPool>.Instance, TimeProvider.System))
        await using (held = new HeldMemory(() => [Environment.ProcessId, .. pool.Status.Workers.Select(worker => worker.ProcessId)]))
        {
            using var json = new MemoryStream();
            await MakeAsync(pool, source, new ProbeOrder(), json);
            Source = JsonSerializer.Deserialize(json.ToArray(), EngineJson.Default.SourceDescription)!;
            Renditions = [.. choose(Ladder.For(Source, Offer.Default with { Tuning = Tuning }))];
            files = [.. Renditions.Select(rendition => Path.Combine(folder, $"{rendition.Name}.mp4"))];
            await MakeAllAsync(pool, source, files, options.Slots + SegmentsAhead);
        }

        return new(
            Stopwatch.GetElapsedTime(started),
            ProcessTime.OfEndedChildren() - endedBefore + Environment.CpuUsage.TotalTime - ownBefore,
            held.MostBytes,
            held.InTenth(1),
            held.InTenth(9),
            files);
    }

    private async Task MakeAllAsync(WorkerPool pool, FileSource source, string[] files, int segmentsAtOnce)
    {
        FileStream[] outputs = [.. files.Select(file => File.Create(file))];
        for (int i = 0; i < outputs.Length; i++)
        {
            await MakeAsync(pool, source, new InitOrder(Source, Renditions[i].Recipe), outputs[i]);
        }

        var underWay = new Queue<Task<MemoryStream[]>>();
        for (int index = 0; index < Source.Grid.SegmentCount; index++)
        {
            if (underWay.Count == segmentsAtOnce)
            {
                await WriteAsync(outputs, await underWay.Dequeue());
            }

            underWay.Enqueue(SegmentAsync(pool, source, index));
        }

        while (underWay.TryDequeue(out Task<MemoryStream[]>? next))
        {
            await WriteAsync(outputs, await next);
        }

        foreach (FileStream output in outputs)
        {
            await output.DisposeAsync();
        }
    }

    private async Task<MemoryStream[]> SegmentAsync(WorkerPool pool, FileSource source, int index)
    {
        MemoryStream[] made = [.. Renditions.Select(_ => new MemoryStream())];
        await Task.WhenAll(Renditions.Select((rendition, i) => MakeAsync(pool, source, new SegmentOrder(Source, rendition.Recipe, index), made[i])));
        return made;
    }

    private static async Task WriteAsync(FileStream[] outputs, MemoryStream[] made)
    {
        for (int i = 0; i < outputs.Length; i++)
        {
            made[i].WriteTo(outputs[i]);
            await made[i].DisposeAsync();
        }
    }

    private static Task<WorkReport> MakeAsync(WorkerPool pool, FileSource source, WorkOrder order, Stream output) => pool.RunAsync(
        order,
        source,
        WorkPriority.Background,
        chunk =>
        {
            output.Write(chunk.Span);
            return ValueTask.CompletedTask;
        },
        CancellationToken.None);
}
