using System.Text.Json.Serialization;

namespace Appliance.Backup;

/// <summary>What a backup says of itself, as its last entry: one that was cut off has none.</summary>
/// <param name="Format">1.</param>
/// <param name="Version">Of the appliance that made it.</param>
/// <param name="At">The moment its state was so.</param>
/// <param name="Files">All that is in it.</param>
internal sealed record BackupManifest(int Format, string Version, DateTimeOffset At, IReadOnlyList<BackupEntry> Files)
{
    public const int CurrentFormat = 1;

    /// <summary>Its name in the archive.</summary>
    public const string Name = "backup.json";

    /// <summary>Where the state lies in the archive.</summary>
    public const string Root = "state/";

    /// <summary>Bytes of it that are read: room for a few hundred thousand files.</summary>
    public const int LengthLimit = 64 << 20;
}

/// <param name="Path">Below the data folder, with slashes.</param>
/// <param name="Length">In bytes.</param>
/// <param name="Sha256">Hexadecimal.</param>
internal sealed record BackupEntry(string Path, long Length, string Sha256);

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase)]
[JsonSerializable(typeof(BackupManifest))]
[JsonSerializable(typeof(RestoredMark))]
internal sealed partial class BackupJson : JsonSerializerContext;
