using System.Text.Json;
using Transcode.Engine.Media;
using Transcode.Engine.Recipes;
using Transcode.Engine.Workers;

namespace Appliance.Fuzz.Targets;

/// <summary>Broken films through real workers: a worker may die of one, this process may not, and each comes to a clean end.</summary>
internal static class MediaTargets
{
    public static IEnumerable<FuzzTarget> Of(FuzzScene scene)
    {
        if (scene.Clips.Count == 0)
        {
            yield break;
        }

        var pool = new Lazy<WorkerPool>(() => scene.Hold(new HeldPool(new()
        {
            WorkerPath = Path.Combine(AppContext.BaseDirectory, "Appliance"),
            WorkerArguments = ["worker"],
            Slots = 2,
            Device = DeviceUse.None,
            OrderTimeout = TimeSpan.FromSeconds(60),
        })).Pool);
        foreach ((string kind, byte[] clip) in scene.Clips)
        {
            yield return new($"media-{kind}", [clip], bytes => Play(pool.Value, bytes))
            {
                Refusals = [typeof(TranscodeException)],
                Share = 0.004,
                LongestInput = 1 << 20,
                MemoryLimit = 256L << 20,
                TimeLimit = TimeSpan.FromMinutes(3),
            };
        }
    }

    /// <summary>How an order ended that may be refused.</summary>
    internal static string Outcome(Func<Task<WorkReport>> work)
    {
        try
        {
            Foreseen(work);
            return "made";
        }
        catch (TranscodeException exception)
        {
            return $"{exception.Failure.Stage} {exception.Failure.Cause}";
        }
    }

    /// <summary>Does it. What the engine did not foresee is a finding: a worker says so by the cause.</summary>
    private static void Foreseen(Func<Task<WorkReport>> work)
    {
        try
        {
            work().GetAwaiter().GetResult();
        }
        catch (TranscodeException exception) when (exception.Failure.Cause == FailureCause.Internal)
        {
            throw new FindingException($"It was not foreseen: {exception.Failure}");
        }
    }

    private static string Play(WorkerPool pool, byte[] bytes)
    {
        var source = new MemorySource(bytes);
        using var json = new MemoryStream();
        Foreseen(() => pool.RunAsync(new ProbeOrder(), source, WorkPriority.Playing, chunk =>
        {
            json.Write(chunk.Span);
            return ValueTask.CompletedTask;
        }, CancellationToken.None));
        SourceDescription description = JsonSerializer.Deserialize(json.ToArray(), EngineJson.Default.SourceDescription) ?? throw new FindingException("A look that was made has no description.");
        FindingException.Unless(description.Grid.SegmentCount > 0, "A source without a segment.");
        string outcome = "";
        Ladder ladder = Ladder.For(description);
        foreach (Recipe recipe in ladder.Video.TakeLast(1).Concat(ladder.Audio.Take(1)).Concat(ladder.Text.Take(1)).Select(rendition => rendition.Recipe))
        {
            long length = 0;
            string made = Outcome(() => pool.RunAsync(new SegmentOrder(description, recipe, 0), source, WorkPriority.Playing, chunk =>
            {
                length += chunk.Length;
                return ValueTask.CompletedTask;
            }, CancellationToken.None));
            FindingException.Unless(made != "made" || length > 0, "A segment that was made is empty.");
            outcome += $"{recipe.GetType().Name[0]} {made}, ";
        }

        return outcome;
    }
}
