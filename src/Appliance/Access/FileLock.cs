namespace Appliance.Access;

/// <summary>Held by one process at a time: the box, and verbs beside it, change the same files.</summary>
internal static class FileLock
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(10);

    /// <summary>Holds a file until what is given is disposed of, or its process ends.</summary>
    /// <param name="path">Made where it is not there. Its content is of no meaning.</param>
    /// <exception cref="IOException">It cannot be made, or others held it for too long.</exception>
    /// <exception cref="UnauthorizedAccessException">It may not be made.</exception>
    public static IDisposable Hold(string path)
    {
        // Real time: what is waited for happens in another process.
        for (long start = TimeProvider.System.GetTimestamp(); ;)
        {
            try
            {
                return new FileStream(path, PrivateFile.Options(FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None));
            }
            catch (IOException) when (File.Exists(path) && TimeProvider.System.GetElapsedTime(start) < Patience)
            {
                Thread.Sleep(Pause);
            }
        }
    }
}
