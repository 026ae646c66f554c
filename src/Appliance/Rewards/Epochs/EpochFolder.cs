using System.Globalization;
using Appliance.Storage;
using global::Rewards.Claims;

namespace Appliance.Rewards.Epochs;

/// <summary>Epochs that were closed, as files: <c>N.claims.json</c> in the standard form of Merkle claims, then <c>N.json</c>, the record that names their
/// root. An epoch is closed when its record is there; claims without one are written over.</summary>
internal sealed class EpochFolder(DataFolder data)
{
    private const UnixFileMode Mode = UnixFileMode.UserRead | UnixFileMode.UserWrite;

    /// <summary>The last that was closed; null before the first.</summary>
    /// <exception cref="FormatException">Its record is damaged.</exception>
    public EpochRecord? Last() => LastNumber() is > 0 and var number ? Find(number) : null;

    /// <exception cref="FormatException">Its record is damaged.</exception>
    public EpochRecord? Find(long epoch) => File.Exists(RecordOf(epoch)) ? EpochRecord.Parse(File.ReadAllBytes(RecordOf(epoch))) : null;

    /// <summary>The claims of an epoch; null where there is none.</summary>
    /// <exception cref="FormatException">They are damaged, or are not those of the epoch's record.</exception>
    public ClaimTree? Claims(long epoch)
    {
        if (Find(epoch) is not { } record)
        {
            return null;
        }

        ClaimTree tree = ClaimTreeJson.Read(File.ReadAllBytes(ClaimsOf(epoch)));
        return tree.Root == record.Root ? tree : throw new FormatException($"The claims of epoch {epoch} do not give its root.");
    }

    /// <summary>Where an epoch's claims lie; null where there is none.</summary>
    public string? ClaimsFile(long epoch) => File.Exists(RecordOf(epoch)) ? ClaimsOf(epoch) : null;

    /// <exception cref="IOException">They cannot be written: it is not closed.</exception>
    /// <exception cref="UnauthorizedAccessException">The same.</exception>
    public void Close(EpochRecord record, ClaimTree tree)
    {
        Directory.CreateDirectory(data.Epochs);
        using var claims = new MemoryStream();
        ClaimTreeJson.Write(tree, claims);
        DurableFile.Write(ClaimsOf(record.Epoch), [claims.ToArray()], Mode);
        DurableFile.Write(RecordOf(record.Epoch), [record.ToJson()], Mode);
    }

    private long LastNumber() => !Directory.Exists(data.Epochs)
        ? 0
        : Directory.EnumerateFiles(data.Epochs, "*.json")
            .Select(path => long.TryParse(Path.GetFileNameWithoutExtension(path), NumberStyles.None, CultureInfo.InvariantCulture, out long number) ? number : 0)
            .Append(0)
            .Max();

    private string RecordOf(long epoch) => Path.Combine(data.Epochs, string.Create(CultureInfo.InvariantCulture, $"{epoch}.json"));

    private string ClaimsOf(long epoch) => Path.Combine(data.Epochs, string.Create(CultureInfo.InvariantCulture, $"{epoch}.claims.json"));
}
