namespace Transcode.Engine.Workers;

/// <summary>Whether there is any device file that a graphics driver would open.</summary>
internal static class GraphicsNodes
{
    /// <summary>Of Mesa and Intel, of NVIDIA, of AMD's compute driver, of ARM; a number follows, or nothing.</summary>
    private static readonly (string Folder, string Name)[] Nodes = [("/dev/dri", "renderD"), ("/dev", "nvidia"), ("/dev", "kfd"), ("/dev", "mali")];

    public static bool Any() => Nodes.Any(node => Has(node.Folder, node.Name));

    private static bool Has(string folder, string name)
    {
        try
        {
            return Directory.Exists(folder)
                && Directory.EnumerateFiles(folder, name + "*").Any(path => Path.GetFileName(path)[name.Length..].All(char.IsAsciiDigit));
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            return false;
        }
    }
}
