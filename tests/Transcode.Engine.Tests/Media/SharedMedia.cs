using Xunit;

namespace Transcode.Engine.Tests.Media;

/// <summary>Clips that lie beside the repository on some machines.</summary>
internal static class SharedMedia
{
    private static readonly string? Folder = Ancestors()
        .Select(folder => Path.Combine(folder, "shared", "media")).FirstOrDefault(Directory.Exists);

    /// <summary>The path of a clip; skips the test where it is not there.</summary>
    public static string Require(string name)
    {
        string path = Path.Combine(Folder ?? "shared/media", name);
        Assert.SkipUnless(File.Exists(path), $"The clip {name} is not beside the repository.");
        return path;
    }

    private static IEnumerable<string> Ancestors()
    {
        for (string? folder = AppContext.BaseDirectory; folder is not null; folder = Path.GetDirectoryName(folder))
        {
            yield return folder;
        }
    }
}
