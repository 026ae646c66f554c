using System.Diagnostics;

namespace Appliance.Bench;

/// <summary>Runs a program to its end and reads its output through a pipe. One at a time: its processor time is what this
/// process's ended children took in between.</summary>
internal static class Tool
{
    public static async Task<ToolRun> RunAsync(string program, IReadOnlyList<string> arguments)
    {
        TimeSpan cpuBefore = ProcessTime.OfEndedChildren();
        long started = Stopwatch.GetTimestamp();
        using Process process = Process.Start(new ProcessStartInfo(program, arguments) { RedirectStandardOutput = true, RedirectStandardError = true })!;
        Task<string> errors = process.StandardError.ReadToEndAsync();
        TimeSpan? first = null;
        long bytes = 0;
        byte[] buffer = new byte[64 * 1024];
        while (await process.StandardOutput.BaseStream.ReadAsync(buffer) is > 0 and int got)
        {
            first ??= Stopwatch.GetElapsedTime(started);
            bytes += got;
        }

        await process.WaitForExitAsync();
        TimeSpan whole = Stopwatch.GetElapsedTime(started);
        return new(first ?? whole, whole, ProcessTime.OfEndedChildren() - cpuBefore, bytes, process.ExitCode, (await errors).Trim());
    }
}
