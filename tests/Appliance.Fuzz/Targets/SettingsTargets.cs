using Appliance.Profiles;
using Appliance.Rewards.Settings;
using Appliance.Startup;
using Appliance.Storage;
using Appliance.Yaml;

namespace Appliance.Fuzz.Targets;

/// <summary>Files that people write.</summary>
internal static class SettingsTargets
{
    private static readonly byte[][] YamlWords = Bytes.Of(
        "- ", ": ", "&a", "*a", "!!int ", "!!binary ", "|\n", ">-\n", "{", "}", "[", "]", "---\n", "...\n", "%YAML 1.2\n", "? ", "<<: *a", "\t", "#", "'", "\"", "\\x", "\\U0010FFFF", "serve:", "cache-quota", "~");

    public static IEnumerable<FuzzTarget> Of(FuzzScene scene)
    {
        string file = Path.Combine(scene.Folder, SettingsFile.Name);
        string[] options = [.. CommandLine.Valued];
        yield return new(
            "settings-file",
            Bytes.Of(
                "port: 8080\nlisten: 0.0.0.0\ncache-quota: 20G\nserve:\n  - films\n  - \"/mnt/more films\"\n",
                "budget:\n  cores: 2\n  memory: 1G\n  quiet: 22:00-07:00\ncodecs: [h264, hevc]\nserve: [a, b]\n",
                "# nothing\nallow-origin: >-\n  nas.lan,\n  192.168.1.5:8080\n"),
            bytes =>
            {
                File.WriteAllBytes(file, bytes);
                OptionValues values = SettingsFile.Read(file, options);
                FindingException.Unless(values.Values.All(pair => options.Contains(pair.Key) && pair.Value.Length > 0), "A setting is there that there is not.");
                return $"{values.Values.Count} {values.Paths.Count > 0}";
            })
        {
            Refusals = [typeof(UsageException)], Words = YamlWords, Share = 0.3,
        };
        byte[][] profiles = [.. typeof(ProfileReader).Assembly.GetManifestResourceNames()
            .Where(name => name.StartsWith("hardware-profiles/", StringComparison.Ordinal) && name.EndsWith(".yaml", StringComparison.Ordinal)).Order(StringComparer.Ordinal).Take(3).Select(Resource)];
        yield return new("hardware-profile", profiles, ReadProfile)
        {
            Refusals = [typeof(YamlFaultException)], Words = YamlWords, Share = 0.1,
        };
        yield return new("hardware-wishes", Bytes.Of("profile: a-class\nprefer: [cpu]\n", "{}"), bytes => $"{ProfileReader.Wishes(Bytes.Utf8(bytes), "wishes.yaml").Entries.Count}")
        {
            Refusals = [typeof(YamlFaultException)], Words = YamlWords, Share = 0.2,
        };

        var data = new DataFolder(Path.Combine(scene.Folder, "settings"));
        yield return new(
            "rewards-settings",
            Bytes.Of($"{{\"payee\":\"0x{new string('1', 40)}\",\"household\":[\"0x{new string('2', 40)}\"],\"chainId\":1,\"contract\":\"0x{new string('3', 40)}\",\"witnesses\":[]}}", "{}"),
            bytes =>
            {
                File.WriteAllBytes(data.RewardsSettings, bytes);
                return $"{RewardsSettingsReading.Read(data).Household.Count}";
            })
        {
            Refusals = [typeof(FormatException)], Words = JsonWords.All, Share = 0.3,
        };
    }

    /// <summary>Under the name that it gives itself, or else each would be refused for that.</summary>
    private static string ReadProfile(byte[] bytes)
    {
        string text = Bytes.Utf8(bytes);
        string name = text.Split('\n').FirstOrDefault(line => line.StartsWith("profile: ", StringComparison.Ordinal))?["profile: ".Length..].Trim() ?? "none";
        HardwareProfile profile = ProfileReader.Profile(text, $"{name}.yaml");
        return $"{profile.Figures.Count} {profile.Quirks.Count}";
    }

    private static byte[] Resource(string name)
    {
        using Stream stream = typeof(ProfileReader).Assembly.GetManifestResourceStream(name)!;
        using var copy = new MemoryStream();
        stream.CopyTo(copy);
        return copy.ToArray();
    }
}
