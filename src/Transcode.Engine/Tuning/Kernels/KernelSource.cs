using System.Collections.Concurrent;

namespace Transcode.Engine.Tuning.Kernels;

/// <summary>The text of our kernels: OpenCL C 1.2, one program a file, each with its contract at its head. What several have in common is in
/// <c>planes.h</c>, whose text is put where they include it: drivers know no files.</summary>
internal static class KernelSource
{
    private const string Common = "planes.h";

    private static readonly ConcurrentDictionary<string, string> Texts = new();

    /// <summary>All of them.</summary>
    public static IEnumerable<string> Names => typeof(KernelSource).Assembly.GetManifestResourceNames()
        .Where(name => name.StartsWith("kernels/", StringComparison.Ordinal) && name.EndsWith(".cl", StringComparison.Ordinal)).Select(name => name["kernels/".Length..^".cl".Length]);

    /// <param name="name">Of the file, without its ending.</param>
    /// <exception cref="ArgumentException">There is no such program.</exception>
    public static string Of(string name) => Texts.GetOrAdd(name, static name =>
        Text($"{name}.cl", nameof(name)).Replace($"#include \"{Common}\"", Text(Common, nameof(name)), StringComparison.Ordinal));

    private static string Text(string file, string argument)
    {
        using Stream stream = typeof(KernelSource).Assembly.GetManifestResourceStream($"kernels/{file}")
            ?? throw new ArgumentException($"There is no {file} among the kernels.", argument);
        using var reader = new StreamReader(stream);
        return reader.ReadToEnd();
    }
}
