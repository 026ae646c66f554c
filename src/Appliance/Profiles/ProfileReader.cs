using System.Globalization;
using System.Text.Json;
using Appliance.Yaml;

namespace Appliance.Profiles;

/// <summary>Reads profiles, each held against the schema.</summary>
internal static class ProfileReader
{
    private static readonly Lazy<JsonElement> ProfileSchema = new(() => Schema("schema.json"));
    private static readonly Lazy<JsonElement> WishesSchema = new(() => Schema("owner.schema.json"));

    /// <param name="text">YAML.</param>
    /// <param name="file">Its path, for what is said of it.</param>
    /// <exception cref="YamlFaultException">It is no profile: every fault with its line.</exception>
    public static HardwareProfile Profile(string text, string file)
    {
        YamlMap map = Checked(text, file, ProfileSchema.Value);
        string name = map.Text("profile")!;
        if (name != Path.GetFileNameWithoutExtension(file))
        {
            throw new YamlFaultException([$"{file}:{map["profile"]!.Line}: profile: must be the file's name, {Path.GetFileNameWithoutExtension(file)}, not {name}."]);
        }

        return new(
            name,
            map.Text("description")!,
            Match(map.Map("match")!),
            [.. map.List("figures").Cast<YamlMap>().Select(Figure)],
            [.. map.List("quirks").Cast<YamlMap>().Select(quirk => new ProfileQuirk(quirk.Text("name")!, quirk.Text("text")!, quirk.Text("standing")!, quirk.Text("source")!))]);
    }

    /// <summary>The owner's wishes as a map that its schema allows.</summary>
    /// <exception cref="YamlFaultException">It is something else.</exception>
    public static YamlMap Wishes(string text, string file) => Checked(text, file, WishesSchema.Value);

    private static YamlMap Checked(string text, string file, JsonElement schema)
    {
        YamlNode root = YamlReader.Read(text, file);
        IReadOnlyList<string> faults = new SchemaCheck(schema, file).Faults(root);
        return faults.Count == 0 ? (YamlMap)root : throw new YamlFaultException(faults);
    }

    private static ProfileFigure Figure(YamlMap figure) =>
        new(figure.Text("name")!, figure.Text("value")!, figure.Text("unit")!, figure.Text("standing")!, figure.Text("source")!);

    private static ProfileMatch Match(YamlMap match) => new(
        match.Text("architecture"), Texts(match, "pci"), Texts(match, "processor"), Texts(match, "compatible"), Texts(match, "coreKinds"),
        Range(match.Map("cores")), Range(match.Map("memoryMebibytes")), match.Text("graphics") == "none");

    private static string[] Texts(YamlMap map, string name) => [.. map.List(name).OfType<YamlScalar>().Select(scalar => scalar.Text)];

    private static (long Least, long Most) Range(YamlMap? range) => (Number(range, "least") ?? 0, Number(range, "most") ?? long.MaxValue);

    private static long? Number(YamlMap? map, string name) => map?.Text(name) is { } text ? long.Parse(text, CultureInfo.InvariantCulture) : null;

    private static JsonElement Schema(string name)
    {
        using Stream stream = ProfileShelf.Resource(name);
        using var document = JsonDocument.Parse(stream);
        return document.RootElement.Clone();
    }
}
