using System.Globalization;
using System.Runtime.InteropServices;
using Transcode.Engine.Media;
using Transcode.Engine.Workers;

namespace Appliance.Samples;

/// <summary>The verb <c>sample</c>: makes the sample film, or a small clip of it for tests.</summary>
public static class SampleCommand
{
    private const string Usage =
        "sample --out FILE [--seconds N] [--size WxH] [--frame-rate N or N/D] [--no-sound] [--card-only]";

    /// <param name="arguments">What follows the verb.</param>
    /// <param name="output">For progress.</param>
    /// <param name="error">For what went wrong.</param>
    /// <returns>0; 64 for a mistake in the arguments, 69 without libav, 74 where the file cannot be written, 130 when interrupted.</returns>
    public static async Task<int> RunAsync(IReadOnlyList<string> arguments, TextWriter output, TextWriter error)
    {
        string? path;
        SampleOptions options;
        try
        {
            (path, options) = Parse(arguments);
            if (path is null || options.Errors().Any())
            {
                throw new FormatException(string.Join(Environment.NewLine, path is null ? ["--out is missing."] : options.Errors()));
            }
        }
        catch (FormatException exception)
        {
            await error.WriteLineAsync($"{exception.Message}{Environment.NewLine}Usage: {Usage}").ConfigureAwait(false);
            return 64;
        }

        return await MakeAsync(path, options, output, error).ConfigureAwait(false);
    }

    /// <exception cref="FormatException">An argument is not known, or not of its form.</exception>
    internal static (string? Path, SampleOptions Options) Parse(IReadOnlyList<string> arguments)
    {
        string? path = null;
        var options = new SampleOptions();
        for (int i = 0; i < arguments.Count; i++)
        {
            string name = arguments[i];
            string Value() => ++i < arguments.Count ? arguments[i] : throw new FormatException($"{name} wants a value.");
            switch (name)
            {
                case "--out":
                    path = Value();
                    break;
                case "--seconds":
                    options = options with { Seconds = Number(name, Value()) };
                    break;
                case "--size":
                    string[] size = Value().Split('x');
                    options = size.Length == 2
                        ? options with { Width = Number(name, size[0]), Height = Number(name, size[1]) }
                        : throw new FormatException("--size wants WIDTHxHEIGHT, as 1280x720.");
                    break;
                case "--frame-rate":
                    options = options with { FrameRate = Rational.Parse(Value()) };
                    break;
                case "--no-sound":
                    options = options with { HasSound = false };
                    break;
                case "--card-only":
                    options = options with { IsCardOnly = true };
                    break;
                default:
                    throw new FormatException($"'{name}' is not known.");
            }
        }

        return (path, options);
    }

    private static async Task<int> MakeAsync(string path, SampleOptions options, TextWriter output, TextWriter error)
    {
        using var stop = new CancellationTokenSource();
        void Stop(PosixSignalContext context)
        {
            context.Cancel = true;
            stop.Cancel();
        }

        using var interrupt = PosixSignalRegistration.Create(PosixSignal.SIGINT, Stop);
        using var terminate = PosixSignalRegistration.Create(PosixSignal.SIGTERM, Stop);
        var progress = new MakingProgress(output, !Console.IsOutputRedirected, TimeProvider.System);
        try
        {
            await SampleFile.MakeAsync(path, options, progress.Show, stop.Token).ConfigureAwait(false);
            return 0;
        }
        catch (OperationCanceledException)
        {
            await error.WriteLineAsync("Interrupted: no film was written.").ConfigureAwait(false);
            return 130;
        }
        catch (TranscodeException exception)
        {
            await error.WriteLineAsync($"The film cannot be made: {exception.Message}").ConfigureAwait(false);
            return 69;
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            await error.WriteLineAsync($"The film cannot be written: {exception.Message}").ConfigureAwait(false);
            return 74;
        }
    }

    private static int Number(string name, string text) =>
        int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out int value)
            ? value
            : throw new FormatException($"{name}: '{text}' is not a whole number.");
}
