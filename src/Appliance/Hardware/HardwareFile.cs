using System.Text.Json;
using Appliance.Storage;

namespace Appliance.Hardware;

/// <summary>Keeps what was found from one start to the next. Everything in it can be found again: a file that cannot be read is none.</summary>
/// <param name="path">Its folder need not be there.</param>
internal sealed class HardwareFile(string path)
{
    private const long LargestBytes = 4 << 20;

    public StoredHardware? Load()
    {
        try
        {
            return File.Exists(path) && new FileInfo(path).Length <= LargestBytes
                ? JsonSerializer.Deserialize(File.ReadAllBytes(path), HardwareAnswersJson.Default.StoredHardware)
                : null;
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException or JsonException or NotSupportedException)
        {
            return null;
        }
    }

    /// <exception cref="IOException">It cannot be written.</exception>
    /// <exception cref="UnauthorizedAccessException">It may not be written.</exception>
    public void Save(StoredHardware stored)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        DurableFile.Write(path, [JsonSerializer.SerializeToUtf8Bytes(stored, HardwareAnswersJson.Default.StoredHardware)], UnixFileMode.UserRead | UnixFileMode.UserWrite);
    }
}
