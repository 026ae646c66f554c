namespace Appliance.Storage;

/// <summary>Writes a file so that a reader, or a restart after a crash at any instant, finds the old content or the new
/// and never a part: temporary name, write, fsync, rename.</summary>
/// <remarks>The folder itself is not synced: the runtime offers no way to, and after a power cut a lost rename only means
/// that the file is not there. All that is written by this is either made again or asked for again.</remarks>
internal static class DurableFile
{
    /// <summary>How names of unfinished files end; what carries it at a start is a leftover.</summary>
    public const string TemporarySuffix = ".part";

    /// <param name="path">Where the content shall be. Its folder must exist.</param>
    /// <param name="content">In order.</param>
    /// <param name="mode">Permissions of the new file.</param>
    /// <exception cref="IOException">The disk is full or gone; nothing was changed at <paramref name="path"/>.</exception>
    /// <exception cref="UnauthorizedAccessException">The folder cannot be written to.</exception>
    public static void Write(string path, IReadOnlyList<ReadOnlyMemory<byte>> content, UnixFileMode mode)
    {
        string temporary = $"{path}.{Guid.NewGuid():N}{TemporarySuffix}";
        try
        {
            var options = new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.Write, BufferSize = 0 };
            if (!OperatingSystem.IsWindows())
            {
                options.UnixCreateMode = mode;
            }

            using (var stream = new FileStream(temporary, options))
            {
                foreach (ReadOnlyMemory<byte> part in content)
                {
                    stream.Write(part.Span);
                }

                stream.Flush(flushToDisk: true);
            }

            File.Move(temporary, path, overwrite: true);
        }
        catch
        {
            RemoveQuietly(temporary);
            throw;
        }
    }

    /// <summary>Removes a file that nobody needs; what cannot be removed now is removed as a leftover at the next start.</summary>
    public static void RemoveQuietly(string path)
    {
        try
        {
            File.Delete(path);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
        }
    }
}
