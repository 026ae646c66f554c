using System.Diagnostics;
using System.Globalization;
using Transcode.Engine.Hardware;

namespace Transcode.Engine.Workers;

/// <summary>A film of test pictures that a decoder can be tried with, made in a process of its own: the host has no libav.</summary>
internal static class ProbedFilm
{
    /// <summary>Thirty pictures of 1920×1080 take a hundredth of it.</summary>
    private const int MostBytes = 64 << 20;

    private const int BufferBytes = 64 * 1024;

    /// <exception cref="TranscodeException">It cannot be made.</exception>
    public static async Task<byte[]> MakeAsync(WorkerPoolOptions options, CodingPath path, int width, int height, CancellationToken cancellationToken)
    {
        var probing = new HardwareProbeOptions { WorkerPath = options.WorkerPath, WorkerArguments = options.WorkerArguments };
        string size = string.Create(CultureInfo.InvariantCulture, $"{width}x{height}");
        using Process process = ProbeRun.Start(probing, [ProbeProgram.Film, path.ToString(), size]);
        try
        {
            Task<string> words = ProbeRun.LastLineAsync(process.StandardError);
            using var film = new MemoryStream();
            byte[] buffer = new byte[BufferBytes];
            while (await process.StandardOutput.BaseStream.ReadAsync(buffer, cancellationToken).ConfigureAwait(false) is > 0 and var count && film.Length <= MostBytes)
            {
                film.Write(buffer, 0, count);
            }

            if (film.Length <= MostBytes)
            {
                await process.WaitForExitAsync(cancellationToken).ConfigureAwait(false);
                return process.ExitCode == 0
                    ? film.ToArray()
                    : throw new TranscodeException(FailureStage.Worker, FailureCause.Internal, $"There is no film to try it with: {await words.ConfigureAwait(false)}");
            }

            throw new TranscodeException(FailureStage.Worker, FailureCause.Internal, $"The film to try it with passes {MostBytes} bytes.");
        }
        finally
        {
            ProbeRun.End(process);
        }
    }
}
