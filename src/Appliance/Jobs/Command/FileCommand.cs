using Appliance.Jobs.Batch;
using Appliance.Sources;
using Appliance.Startup;
using Transcode.Engine.Media;
using Transcode.Engine.Workers;

namespace Appliance.Jobs.Command;

/// <summary>How commands begin and end: signals end them in their own way, and whatever goes wrong is one
/// line and an exit status.</summary>
/// <param name="errors">Where that line goes.</param>
/// <param name="interrupted">What is said where a signal ended it.</param>
/// <param name="stopped">What is said after the reason where it could not go on; may be empty.</param>
internal sealed class FileCommand(TextWriter errors, string interrupted, string stopped)
{
    private const int Stopped = 1;
    private const int BadUsage = 2;
    private const int Interrupted = 130;

    /// <param name="command">The command; what it gives is the exit status. <see cref="UsageException"/> from it is 2, and what keeps it from going
    /// on (the engine, the source, the disk, another machine) 1.</param>
    public async Task<int> RunAsync(Func<CancellationToken, Task<int>> command)
    {
        using var stop = new StopSignals();
        try
        {
            return await command(stop.Token);
        }
        catch (UsageException exception)
        {
            await errors.WriteLineAsync($"appliance: {exception.Message}");
            return BadUsage;
        }
        catch (OperationCanceledException) when (stop.Token.IsCancellationRequested)
        {
            await errors.WriteLineAsync($"appliance: {interrupted}");
            return Interrupted;
        }
        catch (Exception exception) when (exception is CommandStoppedException or OutputException or TranscodeException or SourceGoneException)
        {
            await errors.WriteLineAsync($"appliance: {$"{exception.Message} {stopped}".TrimEnd()}");
            return Stopped;
        }
    }
}
