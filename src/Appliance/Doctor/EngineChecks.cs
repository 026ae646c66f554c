using System.Globalization;
using Appliance.Budgets;
using Appliance.Samples;
using Appliance.Sources;
using Appliance.Startup;
using Appliance.Transcoding;
using Microsoft.Extensions.Logging.Abstractions;
using Transcode.Engine.Media;
using Transcode.Engine.Recipes;
using Transcode.Engine.Workers;

namespace Appliance.Doctor;

/// <summary>The engine, by having it work: a worker is started as the box starts its own, and makes a segment of a small film twice.</summary>
internal sealed class EngineChecks(ApplianceOptions options, TimeProvider time)
{
    private static readonly SampleOptions Film = new() { Seconds = 4, Width = 640, Height = 360, HasSound = false, IsCardOnly = true };

    /// <summary>A start takes less than a second, and the rest a few, on slow boxes too.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(2);

    public async Task<IReadOnlyList<Finding>> LookAsync(CancellationToken cancellationToken)
    {
        WorkerPoolOptions pooled = BoxAllowance.Of(options.Budget, SystemLimits.Read(), new() { Device = options.Device, Slots = 1, SpareWorkers = 0 }).Pool;
        await using var pool = new WorkerPool(pooled, NullLogger<WorkerPool>.Instance, time);
        string folder = Directory.CreateTempSubdirectory("appliance-doctor-").FullName;
        try
        {
            EngineIdentity engine = await pool.GetIdentityAsync(cancellationToken).WaitAsync(Patience, time, cancellationToken);
            return [Finding.Fine("engine", $"{engine}."), .. LockIn(pool.Status), .. Devices(pool.Status), await MakeAsync(pool, folder, cancellationToken)];
        }
        catch (Exception exception) when (exception is TranscodeException or TimeoutException)
        {
            return [Finding.Wrong("engine", exception.Message, "Without a worker nothing is made. ./run installs libav; on Debian its packages are libavcodec and its companions.")];
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    private static IEnumerable<Finding> LockIn(PoolStatus pool)
    {
        LockInMeasure[] missing = [.. pool.LockIn.Where(measure => !measure.Applied)];
        return missing.Length == 0
            ? [Finding.Fine("lock-in", $"A worker can reach neither files nor network ({string.Join(", ", pool.LockIn.Select(measure => measure.Name))}).")]
            : missing.Select(measure => Finding.Doubtful("lock-in", $"{measure.Name}: {measure.Detail}", "Films are hostile input: serve only those you trust, or use a newer kernel."));
    }

    private static IEnumerable<Finding> Devices(PoolStatus pool) => pool.Devices.Select(line => Finding.Fine("device", line));

    private static async Task<Finding> MakeAsync(WorkerPool pool, string folder, CancellationToken cancellationToken)
    {
        string path = Path.Combine(folder, "film.mp4");
        await SampleFile.MakeAsync(path, Film, onProgress: null, cancellationToken);
        using var files = new OpenFiles();
        var source = LocalSource.Open(files, path, cancellationToken);
        SourceDescription description = await SourceProbe.RunAsync(new PooledTranscoder(pool), source, WorkPriority.Playing, cancellationToken);
        Recipe recipe = Ladder.For(description).Video.First(rung => rung.Recipe is VideoRecipe).Recipe;
        var order = new SegmentOrder(description, recipe, 0);
        WorkReport first = await pool.RunAsync(order, source, WorkPriority.Playing, _ => ValueTask.CompletedTask, cancellationToken);
        WorkReport second = await pool.RunAsync(order, source, WorkPriority.Playing, _ => ValueTask.CompletedTask, cancellationToken);
        double seconds = description.Grid.FramesIn(0) / description.Grid.FrameRate.ToDouble();
        return first.Sha256 == second.Sha256
            ? Finding.Fine("a segment", string.Create(
                CultureInfo.InvariantCulture, $"{seconds:F1} s of {Film.Width}×{Film.Height} were made in {second.ElapsedMicroseconds / 1000} ms, and came out the same twice."))
            : Finding.Wrong("a segment", "The same segment came out differently the second time.", "Memory or processor may be faulty: run memtest86+. Report it if they are not.");
    }
}
