using System.Text.Json;
using Appliance.Tests.Hosting;
using Transcode.Engine.Hardware;

namespace Appliance.Tests.Profiles;

/// <summary>What the kernels of other boxes say, as published; each says where. They are read as this box is.</summary>
internal static class RecordedBoxes
{
    public static IReadOnlyList<RecordedIdentity> All { get; } =
        JsonSerializer.Deserialize<RecordedIdentity[]>(File.ReadAllText(House.At("tests", "Appliance.Tests", "Profiles", "identities.json")), JsonSerializerOptions.Web)!;

    public static BoxIdentity Read(RecordedIdentity recorded)
    {
        using var folder = new ScratchFolder();
        foreach ((string path, string text) in recorded.Files)
        {
            string full = Path.Combine(folder.Path, path);
            Directory.CreateDirectory(Path.GetDirectoryName(full)!);
            File.WriteAllText(full, text);
        }

        return new IdentityReader(new(folder.Path)).Read(recorded.Architecture, "libav");
    }
}

/// <param name="Profile">The class it is of.</param>
/// <param name="Architecture">Of the box.</param>
/// <param name="Source">Where its files are from.</param>
/// <param name="Files">By path from the root.</param>
internal sealed record RecordedIdentity(string Profile, string Architecture, string Source, IReadOnlyDictionary<string, string> Files);
