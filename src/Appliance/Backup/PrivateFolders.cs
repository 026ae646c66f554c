namespace Appliance.Backup;

/// <summary>Folders that only their owner may enter, since secrets lie below.</summary>
internal static class PrivateFolders
{
    public static void Make(string path)
    {
        if (OperatingSystem.IsWindows())
        {
            Directory.CreateDirectory(path);
        }
        else
        {
            Directory.CreateDirectory(path, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        }
    }
}
