using System.Runtime.InteropServices;

namespace Rewards.Interop;

/// <summary>Makes names durable: a file that was made, renamed or removed is so after a power cut only once its folder was flushed.</summary>
public static class FolderFlush
{
    /// <exception cref="IOException">It could not be; the change may or may not last.</exception>
    public static void Flush(string folder)
    {
        // O_DIRECTORY differs between architectures, and is not needed to open what is a folder.
        int descriptor = LibC.Open(folder, LibC.O_RDONLY | LibC.O_CLOEXEC, 0);
        if (descriptor < 0)
        {
            throw Failure(folder);
        }

        try
        {
            if (LibC.FSync(descriptor) != 0)
            {
                throw Failure(folder);
            }
        }
        finally
        {
            _ = LibC.Close(descriptor);
        }
    }

    private static IOException Failure(string folder) =>
        new($"The folder {folder} cannot be flushed to disk: {Marshal.GetLastPInvokeErrorMessage()}.");
}
