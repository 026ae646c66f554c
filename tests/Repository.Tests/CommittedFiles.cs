using System.Diagnostics;
using System.Runtime.CompilerServices;

namespace Repository.Tests;

/// <summary>The files git holds, so that what is only built or lying about is not judged.</summary>
internal static class CommittedFiles
{
    /// <summary>The repository's folder.</summary>
    public static string Root { get; } = FindRoot();

    /// <summary>Paths from the root, with slashes; files removed in the working tree are left out.</summary>
    public static IReadOnlyList<string> All { get; } =
        [.. Git("ls-files", "-z").Split('\0', StringSplitOptions.RemoveEmptyEntries).Where(path => File.Exists(At(path)))];

    /// <summary>Those whose name ends with one of <paramref name="endings"/>.</summary>
    public static IEnumerable<string> Ending(params string[] endings) =>
        All.Where(path => endings.Any(ending => path.EndsWith(ending, StringComparison.Ordinal)));

    public static string At(string path) => Path.Combine(Root, path);

    public static string Text(string path) => File.ReadAllText(At(path));

    private static string FindRoot([CallerFilePath] string here = "")
    {
        DirectoryInfo? folder = new(Path.GetDirectoryName(here)!);
        while (folder is not null && !File.Exists(Path.Combine(folder.FullName, "Appliance.sln")))
        {
            folder = folder.Parent;
        }

        return folder?.FullName ?? throw new DirectoryNotFoundException("No folder above these tests holds Appliance.sln.");
    }

    private static string Git(params string[] arguments)
    {
        using Process git = Process.Start(new ProcessStartInfo("git", arguments) { WorkingDirectory = FindRoot(), RedirectStandardOutput = true })!;
        string output = git.StandardOutput.ReadToEnd();
        git.WaitForExit();
        return git.ExitCode == 0 ? output : throw new InvalidOperationException($"git {arguments[0]} ended with status {git.ExitCode}.");
    }
}
