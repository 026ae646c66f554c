using System.Diagnostics;

namespace Appliance.Fuzz;

/// <summary>Ends the whole run where an input is read for ever: nothing else can end a loop.</summary>
internal sealed class Watchdog : IDisposable
{
    /// <summary>So many times a target's limit of time.</summary>
    private const int Patience = 3;

    private const int ExitHung = 3;

    private readonly Timer _timer;
    private TargetRun? _run;

    public Watchdog() => _timer = new(_ => Look(), null, TimeSpan.FromSeconds(1), TimeSpan.FromSeconds(1));

    /// <summary>Watches this one from now on.</summary>
    public void Watch(TargetRun run) => Volatile.Write(ref _run, run);

    public void Dispose() => _timer.Dispose();

    private void Look()
    {
        if (Volatile.Read(ref _run) is { BegunAt: > 0 and var begun } run && Stopwatch.GetElapsedTime(begun) > Patience * run.Target.TimeLimit)
        {
            Console.Error.WriteLine($"\n{run.Target.Name} does not come to an end: {run.Keep(run.Current)}");
            Environment.Exit(ExitHung);
        }
    }
}
