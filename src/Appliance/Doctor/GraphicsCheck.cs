using Transcode.Engine.Hardware;

namespace Appliance.Doctor;

/// <summary>Whether graphics devices that are there can be opened by who runs the appliance.</summary>
/// <param name="files">Where the kernel tells of them.</param>
/// <param name="devices">Folder of the devices' nodes.</param>
internal sealed class GraphicsCheck(BoxFiles files, string devices = "/dev/dri")
{
    public IEnumerable<Finding> Look()
    {
        string[] nodes = [.. files.Names("sys/class/drm").Where(name => name.StartsWith("renderD", StringComparison.Ordinal))];
        return nodes.Length == 0
            ? [Finding.Fine("graphics", "There is no graphics device: pictures are made by the processor.")]
            : nodes.Select(Look);
    }

    private Finding Look(string node)
    {
        string path = Path.Combine(devices, node);
        try
        {
            using FileStream device = new(path, FileMode.Open, FileAccess.ReadWrite);
            return Finding.Fine("graphics", $"{path} can be opened. ./run probe tries what it does.");
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            return Finding.Doubtful("graphics", $"{path} cannot be opened: {exception.Message}", "Let the user in who runs the appliance (usermod -aG render,video USER), or the container (--device /dev/dri).");
        }
    }
}
