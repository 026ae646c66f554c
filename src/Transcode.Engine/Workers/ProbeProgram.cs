using System.Globalization;
using System.Text.Json;
using Microsoft.Win32.SafeHandles;
using Transcode.Engine.Hardware;
using Transcode.Engine.Interop.LibAv;
using Transcode.Engine.Interop.Linux;
using Transcode.Engine.Segments;

namespace Transcode.Engine.Workers;

/// <summary>A process that tries one path and ends. It sees no film and nothing of the box but devices; what it is kept apart for is the driver. It is not
/// locked in, since a driver may open what it likes.</summary>
internal static class ProbeProgram
{
    /// <summary>The first argument of such a process.</summary>
    public const string Word = "probe";

    /// <summary>In place of a path: which box it is, and what libav has.</summary>
    public const string List = "list";

    /// <summary>Asks for a film that a decoder can be tried with.</summary>
    public const string Film = "film";

    private const int ExitUsage = 64; // sysexits.h: EX_USAGE
    private const int ExitUnavailable = 69; // sysexits.h: EX_UNAVAILABLE

    /// <param name="arguments"><see cref="List"/>; <see cref="Film"/>, a path and a size; or a path and a size as <c>1920x1080</c>.</param>
    /// <returns>The exit code: 0 where there is an answer.</returns>
    public static int Run(IReadOnlyList<string> arguments)
    {
        _ = Prctl.SetNoNewPrivileges();
        _ = ResourceLimit.Set(ResourceLimit.RLIMIT_CORE, 0);
        using FileStream output = TakeOver();
        new Thread(EndWithParent) { Name = "parent", IsBackground = true }.Start();
        try
        {
            return arguments switch
            {
                [List] => Say(output, AllThereIs()),
                [Film, var path, var size] => Make(CodingPath.Parse(path), size, output),
                [var path, var size] => Try(CodingPath.Parse(path), size, output),
                _ => ExitUsage,
            };
        }
        catch (FormatException exception)
        {
            WorkerLog.Line(exception.Message);
            return ExitUsage;
        }
        catch (LibAvNotFoundException exception)
        {
            WorkerLog.Line(exception.Message);
            return ExitUnavailable;
        }
    }

    private static ProbeLine AllThereIs()
    {
        using var workbench = new Workbench();
        BoxIdentity box = new IdentityReader(BoxFiles.Here).Read(null, workbench.Identity.ToString());
        return new(Box: box, Paths: PathCatalog.All([.. box.Graphics.Select(device => device.Node).OfType<string>()]));
    }

    private static int Try(CodingPath path, string size, FileStream output)
    {
        (int width, int height) = SizeOf(size);

        // The workbench has libraries be as quiet as in a worker.
        using var workbench = new Workbench();
        PathResult result = PathProbe.Run(path, width, height, BoxFiles.Here, step => Say(output, new(Step: step)));
        Say(output, new(Result: result with { TriedAt = DateTimeOffset.UtcNow }));

        // Drivers have been seen to hang or crash when they are closed: what there is to say was said.
        LibC.ExitNow(0);
        return 0;
    }

    /// <summary>Writes a film that a decoder can be tried with.</summary>
    private static int Make(CodingPath path, string size, FileStream output)
    {
        (int width, int height) = SizeOf(size);
        using var workbench = new Workbench();
        try
        {
            output.Write(DecodeProbe.MakeFilm(path, new(width, height, path.BitDepth), TestPictures.Count).File);
            return 0;
        }
        catch (Exception exception) when (exception is AvException or TranscodeException or NotSupportedException)
        {
            WorkerLog.Line(exception.Message);
            return ExitUnavailable;
        }
    }

    /// <exception cref="FormatException">It is none.</exception>
    private static (int Width, int Height) SizeOf(string size) =>
        size.Split('x').Select(side => int.Parse(side, NumberStyles.None, CultureInfo.InvariantCulture)).ToArray() is [var width, var height]
            ? (width, height)
            : throw new FormatException($"'{size}' is no size.");

    private static int Say(FileStream output, ProbeLine line)
    {
        byte[] json = JsonSerializer.SerializeToUtf8Bytes(line, ProbeJson.Default.ProbeLine);
        output.Write([.. json, (byte)'\n']);
        return 0;
    }

    /// <summary>Moves the pipe off descriptor 1, which a driver might print to.</summary>
    private static FileStream TakeOver()
    {
        int output = LibC.Fcntl(LibC.STDOUT_FILENO, LibC.F_DUPFD_CLOEXEC, 3);
        if (output < 0 || LibC.Dup2(LibC.STDERR_FILENO, LibC.STDOUT_FILENO) < 0)
        {
            throw new IOException("A probing process needs standard output and error to be open.");
        }

        return new(new SafeFileHandle(output, ownsHandle: true), FileAccess.Write, bufferSize: 0, isAsync: false);
    }

    private static void EndWithParent()
    {
        using Stream input = Console.OpenStandardInput();
        byte[] ignored = new byte[64];
        while (input.Read(ignored) > 0)
        {
        }

        LibC.ExitNow(WorkerProgram.ExitOrphaned);
    }
}
