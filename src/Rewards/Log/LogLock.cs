namespace Rewards.Log;

/// <summary>Keeps other processes out of a log's folder.</summary>
internal static class LogLock
{
    private const string FileName = "lock";

    /// <param name="path">The folder.</param>
    /// <param name="what">What is in it, for the message.</param>
    /// <returns>Disposed of, it lets others in.</returns>
    /// <exception cref="LogException">Another process is there, or the folder cannot be written.</exception>
    public static FileStream Take(string path, string what = "log")
    {
        try
        {
            return new FileStream(Path.Combine(path, FileName), FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw new LogException(
                $"The {what} in {path} cannot be taken: it is in use by another process, or its folder cannot be written ({exception.Message}).", exception);
        }
    }
}
