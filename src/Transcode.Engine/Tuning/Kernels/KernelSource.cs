using System.Collections.Concurrent;

namespace Transcode.Engine.Tuning.Kernels;

/// <summary>The text of our kernels: OpenCL C 1.2, one program a file, each with its contract at its head.</summary>
internal static class KernelSource
{
    private static readonly ConcurrentDictionary<string, string> Texts = new();

    /// <summary>All of them.</summary>
    public static IEnumerable<string> Names => typeof(KernelSource).Assembly.GetManifestResourceNames()
        .Where(name => name.StartsWith("kernels/", StringComparison.Ordinal)).Select(name => name["kernels/".Length..^".cl".Length]);

    /// <param name="name">Of the file, without its ending.</param>
    /// <exception cref="ArgumentException">There is no such program.</exception>
    public static string Of(string name) => Texts.GetOrAdd(name, static name =>
    {
        using Stream stream = typeof(KernelSource).Assembly.GetManifestResourceStream($"kernels/{name}.cl")
            ?? throw new ArgumentException($"There are no kernels named {name}.", nameof(name));
        using var reader = new StreamReader(stream);
        return reader.ReadToEnd();
    });
}
