using Appliance.Startup;
using Appliance.Storage;

namespace Appliance.Access;

/// <summary>Where what decides about access is kept: <c>access</c> in the data folder, for its owner's eyes only.</summary>
internal sealed class AccessFolder
{
    /// <exception cref="UsageException">The folder cannot be made.</exception>
    public AccessFolder(DataFolder data)
    {
        Path = data.Access;
        try
        {
            if (OperatingSystem.IsWindows())
            {
                Directory.CreateDirectory(Path);
            }
            else
            {
                Directory.CreateDirectory(Path, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
            }

            foreach (string leftover in Directory.EnumerateFiles(Path, $"*{DurableFile.TemporarySuffix}"))
            {
                DurableFile.RemoveQuietly(leftover);
            }
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw new UsageException($"The folder {Path} cannot be used: {exception.Message}");
        }
    }

    public string Path { get; }

    /// <summary>The owner's password, hashed.</summary>
    public KeptFile Owner => File("owner.json");

    /// <summary>Who is signed in.</summary>
    public KeptFile Sessions => File("sessions.json");

    /// <summary>API keys, hashed.</summary>
    public KeptFile Keys => File("keys.json");

    /// <summary>How far keys are used up.</summary>
    public KeptFile KeyUse => File("key-use.json");

    /// <summary>What playback addresses are signed with.</summary>
    public KeptFile LinkSecret => File("links.key");

    /// <summary>What the owner decided.</summary>
    public KeptFile Settings => File("settings.json");

    /// <summary>The certificate that the box made itself, and its key.</summary>
    public KeptFile Certificate => File("tls.pem");

    /// <summary>Held while keys are changed, by whichever process.</summary>
    public string KeysLock => System.IO.Path.Combine(Path, "keys.lock");

    /// <summary>Held while the audit trail is written, by whichever process.</summary>
    public string TrailLock => System.IO.Path.Combine(Path, "audit.lock");

    private KeptFile File(string name) => new(System.IO.Path.Combine(Path, name));
}
