using System.Diagnostics;
using System.Globalization;
using Appliance.Fuzz;
using Appliance.Fuzz.Targets;

// Feeds everything that reads foreign bytes, prints a table, and exits with 1 where something was found, 2 where the command line makes no sense, 3 where
// an input was read for ever.
if (FuzzOptions.Parse(args) is not { } options)
{
    return 2;
}

using var scene = new FuzzScene();
IReadOnlyList<FuzzTarget> targets = [.. AllTargets.Of(scene).Where(target => options.Target is null || target.Name.Contains(options.Target, StringComparison.Ordinal))];
if (targets.Count == 0)
{
    await Console.Error.WriteLineAsync($"There is no target {options.Target}.");
    return 2;
}

double shares = targets.Sum(target => target.Share);
var runs = new List<TargetRun>();
var clock = Stopwatch.StartNew();
long shownAt = 0;
using var watchdog = new Watchdog();
foreach (FuzzTarget target in targets)
{
    var run = new TargetRun(target, options);
    runs.Add(run);
    watchdog.Watch(run);
    run.Run((long)Math.Ceiling(options.Inputs * target.Share / shares), () => Show(run));
}

if (!Console.IsErrorRedirected)
{
    Console.Error.Write("\r\x1b[K");
}

Console.WriteLine($"{"target",-24}{"inputs",10}{"refused",10}{"accepted",10}{"outcomes",10}{"findings",10}");
foreach (TargetRun run in runs)
{
    TargetTally tally = run.Tally;
    Console.WriteLine(string.Create(
        CultureInfo.InvariantCulture, $"{run.Target.Name,-24}{tally.Inputs,10}{tally.Refused,10}{tally.Accepted,10}{tally.Outcomes.Count,10}{tally.Findings.Count,10}"));
    if (options.ShowOutcomes)
    {
        foreach ((string outcome, long count) in tally.Outcomes.OrderByDescending(outcome => outcome.Value))
        {
            Console.WriteLine($"  {count,10}  {outcome}");
        }
    }
}

Console.WriteLine(string.Create(
    CultureInfo.InvariantCulture,
    $"{"all",-24}{runs.Sum(run => run.Tally.Inputs),10}{runs.Sum(run => run.Tally.Refused),10}{runs.Sum(run => run.Tally.Accepted),10}{runs.Sum(run => run.Tally.Outcomes.Count),10}{runs.Sum(run => run.Tally.Findings.Count),10}"));
Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"seed {options.Seed}, {clock.Elapsed.TotalSeconds:F0} s"));
foreach (string finding in runs.SelectMany(run => run.Tally.Findings.Select(finding => $"{run.Target.Name}: {finding}")))
{
    Console.WriteLine(finding);
}

foreach (string missing in scene.Missing)
{
    Console.WriteLine(missing);
}

return runs.Any(run => run.Tally.Findings.Count > 0) ? 1 : 0;

void Show(TargetRun run)
{
    if (Console.IsErrorRedirected || clock.ElapsedMilliseconds - shownAt < 200)
    {
        return;
    }

    shownAt = clock.ElapsedMilliseconds;
    Console.Error.Write($"\r\x1b[K{runs.Count}/{targets.Count} {run.Target.Name}: {run.Tally.Inputs} inputs, {run.Tally.Refused} refused, {run.Tally.Outcomes.Count} outcomes, {run.Tally.Findings.Count} findings");
}
