using System.Globalization;
using System.Text.Json;
using Appliance.Jobs.Batch;
using Appliance.Jobs.Command;
using Appliance.Sources;
using Appliance.Startup;
using Appliance.Transcoding;
using Microsoft.Extensions.Logging.Abstractions;
using Transcode.Engine.Media;
using Transcode.Engine.Recipes;
using Transcode.Engine.Workers;

namespace Appliance.Tuning;

/// <summary>The verb <c>tune</c>: looks at places of a film and writes a page about what is done to its pictures.</summary>
internal static class TuneCommand
{
    /// <param name="arguments">What follows the verb.</param>
    /// <param name="output">For what is found.</param>
    /// <param name="errors">For what went wrong.</param>
    /// <returns>The exit status, as <see cref="TuneOptions.Usage"/> tells.</returns>
    public static async Task<int> RunAsync(IReadOnlyList<string> arguments, TextWriter output, TextWriter errors)
    {
        return await new FileCommand(errors, "Interrupted; no report was written.", stopped: "").RunAsync(async cancellationToken =>
        {
            if (TuneOptions.Parse(arguments) is { } options)
            {
                await RunAsync(options, output, cancellationToken);
            }
            else
            {
                await output.WriteLineAsync(TuneOptions.Usage);
            }

            return 0;
        });
    }

    private static async Task RunAsync(TuneOptions options, TextWriter output, CancellationToken cancellationToken)
    {
        using var files = new OpenFiles();
        await using var pool = new WorkerPool(new WorkerPoolOptions { SpareWorkers = 0 }, NullLogger<WorkerPool>.Instance, TimeProvider.System);
        var transcoder = new PooledTranscoder(pool);
        PlayableSource source = await LoneSource.OpenAsync(options.Input, files, transcoder, Offer.All with { Tuning = options.Tuning, ToneMap = options.ToneMap }, cancellationToken);
        Rendition rung = Rung(source, options.Rung);
        var places = new List<TunedPlace>();
        foreach (int index in Spread(source.Description.Grid.SegmentCount, options.Places))
        {
            places.Add(await LookAsync(transcoder, source, (VideoRecipe)rung.Recipe, index, cancellationToken));
            Tell(output, places[^1]);
        }

        await WriteAsync(options.Output, TuneHtml.Of(Path.GetFileName(options.Input), rung.Name, places), cancellationToken);
        await output.WriteLineAsync($"Pictures before and after: {options.Output}");
    }

    private static async Task WriteAsync(string path, string page, CancellationToken cancellationToken)
    {
        try
        {
            await File.WriteAllTextAsync(path, page, cancellationToken);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw OutputException.Of(exception);
        }
    }

    private static Rendition Rung(PlayableSource source, string? name)
    {
        Rendition[] rungs = [.. source.Ladder.Video.Where(rendition => rendition.Recipe is VideoRecipe)];
        string known = string.Join(", ", rungs.Select(rung => rung.Name));
        return rungs.FirstOrDefault(rung => name is null || rung.Name == name) ?? throw new UsageException(
            rungs.Length == 0 ? "This source has sound only." : $"There is no rung {name}; there are {known}.");
    }

    /// <summary>The middles of so many equal parts.</summary>
    private static IEnumerable<int> Spread(int segments, int places) =>
        Enumerable.Range(0, Math.Min(segments, places)).Select(place => (int)((place + 0.5) * segments / Math.Min(segments, places)));

    private static async Task<TunedPlace> LookAsync(
        PooledTranscoder transcoder, PlayableSource source, VideoRecipe recipe, int index, CancellationToken cancellationToken)
    {
        using var json = new MemoryStream();
        await transcoder.Start(
            new TuningOrder(source.Description, recipe, index),
            source.Bytes,
            WorkPriority.Playing,
            chunk =>
            {
                json.Write(chunk.Span);
                return ValueTask.CompletedTask;
            },
            cancellationToken).Completion;
        TuningReport report = JsonSerializer.Deserialize(json.ToArray(), EngineJson.Default.TuningReport)!;
        Grid grid = source.Description.Grid;
        return new(grid.TimeOf(grid.FirstFrame(index) + report.Picture), report);
    }

    private static void Tell(TextWriter output, TunedPlace place)
    {
        output.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{place.At:hh\\:mm\\:ss\\.f}"));
        if (place.Report.Shots.Count == 0 && place.Report.ToneMap is null)
        {
            output.WriteLine("  nothing is done: tuning is off, or the rung keeps a high dynamic range");
        }

        foreach (string reason in (place.Report.ToneMap?.Reasons ?? []).Concat(place.Report.Shots.SelectMany(shot => shot.Reasons)).Distinct())
        {
            output.WriteLine($"  {reason}");
        }
    }
}
