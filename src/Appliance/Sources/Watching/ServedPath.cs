using System.Security.Cryptography;
using System.Text;

namespace Appliance.Sources.Watching;

/// <summary>A file or folder that is served, with what it holds.</summary>
/// <param name="path">Absolute.</param>
/// <param name="isAdded">Whether the owner added it while the box ran, and may take it away; else the command line names it.</param>
internal sealed class ServedPath(string path, bool isAdded)
{
    private const int IdDigits = 16;

    public string Path => path;

    public bool IsAdded => isAdded;

    /// <summary>As in URLs.</summary>
    public string Id { get; } = Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(path)))[..IdDigits];

    public FolderMemory Memory { get; } = new();

    /// <summary>Null until the first look.</summary>
    public DateTimeOffset? LookedAt { get; set; }

    /// <summary>Whether it was there at the last look.</summary>
    public bool IsThere { get; set; } = true;

    /// <summary>Null for a file, and for a folder that is not there.</summary>
    public FolderNotices? Notices { get; set; }
}
