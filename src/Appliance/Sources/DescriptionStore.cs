using System.Text;
using System.Text.Json;
using Appliance.Storage;
using Transcode.Engine.Media;
using Transcode.Engine.Recipes;
using Transcode.Engine.Workers;

namespace Appliance.Sources;

/// <summary>Remembers what probing found, by fingerprint: a restart then has nothing to find out. It is only ever a
/// shortcut, so whatever is wrong with it is the same as its not being there.</summary>
internal sealed partial class DescriptionStore
{
    /// <summary>Files kept; the oldest beyond are removed at a start.</summary>
    private const int Limit = 50_000;

    private readonly string _folder;
    private readonly ILogger<DescriptionStore> _logger;

    public DescriptionStore(DataFolder data, ILogger<DescriptionStore> logger)
    {
        _folder = data.Descriptions;
        _logger = logger;
        Directory.CreateDirectory(_folder);
        RemoveSurplus();
    }

    public SourceDescription? Find(string fingerprint, EngineIdentity engine)
    {
        try
        {
            ReadOnlySpan<byte> stored = File.ReadAllBytes(PathOf(fingerprint));
            byte[] heading = Heading(engine);
            return stored.StartsWith(heading)
                ? JsonSerializer.Deserialize(stored[heading.Length..], EngineJson.Default.SourceDescription)
                : null;
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException or JsonException or ArgumentException or ArithmeticException)
        {
            return null;
        }
    }

    public void Keep(string fingerprint, EngineIdentity engine, SourceDescription description)
    {
        byte[] json = JsonSerializer.SerializeToUtf8Bytes(description, EngineJson.Default.SourceDescription);
        try
        {
            DurableFile.Write(PathOf(fingerprint), [Heading(engine), json], UnixFileMode.UserRead | UnixFileMode.UserWrite);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            NotKept(_logger, exception.Message);
        }
    }

    /// <summary>Another build may see more in the same bytes, so what it wrote down is not ours: the first line says who did,
    /// and in which form.</summary>
    private static byte[] Heading(EngineIdentity engine) => Encoding.UTF8.GetBytes($"description 4, {engine}\n");

    private string PathOf(string fingerprint) => Path.Combine(_folder, fingerprint + ".json");

    private void RemoveSurplus()
    {
        var files = new DirectoryInfo(_folder).GetFiles();
        foreach (FileInfo leftover in files.Where(f => f.Name.EndsWith(DurableFile.TemporarySuffix, StringComparison.Ordinal)))
        {
            DurableFile.RemoveQuietly(leftover.FullName);
        }

        foreach (FileInfo surplus in files.OrderByDescending(f => f.LastWriteTimeUtc).Skip(Limit))
        {
            DurableFile.RemoveQuietly(surplus.FullName);
        }
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "A description could not be kept: {Reason}")]
    private static partial void NotKept(ILogger logger, string reason);
}
