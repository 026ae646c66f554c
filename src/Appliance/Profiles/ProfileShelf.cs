using Appliance.Yaml;
using Transcode.Engine.Hardware;

namespace Appliance.Profiles;

/// <summary>The profiles that came with the box, and those its owner has put beside them, which go before.</summary>
/// <param name="profiles">By name; a later one stands in for an earlier one of the same name.</param>
/// <param name="faults">What is wrong with files of the owner's that are left out.</param>
internal sealed class ProfileShelf(IReadOnlyList<HardwareProfile> profiles, IReadOnlyList<string> faults)
{
    private const string Prefix = "hardware-profiles/";
    private const int MostOfOwners = 100;

    public IReadOnlyList<HardwareProfile> Profiles { get; } = [.. profiles.GroupBy(profile => profile.Name).Select(same => same.Last()).OrderBy(profile => profile.Name, StringComparer.Ordinal)];

    public IReadOnlyList<string> Faults { get; } = faults;

    /// <param name="folder">Of the owner's; need not be there.</param>
    public static ProfileShelf Open(string folder)
    {
        var profiles = new List<HardwareProfile>();
        var faults = new List<string>();
        foreach (string name in typeof(ProfileShelf).Assembly.GetManifestResourceNames().Where(name => name.StartsWith(Prefix, StringComparison.Ordinal) && name.EndsWith(".yaml", StringComparison.Ordinal)))
        {
            using var reader = new StreamReader(Resource(name[Prefix.Length..]));
            profiles.Add(ProfileReader.Profile(reader.ReadToEnd(), name));
        }

        foreach (string file in Directory.Exists(folder) ? Directory.EnumerateFiles(folder, "*.yaml").Order(StringComparer.Ordinal).Take(MostOfOwners) : [])
        {
            try
            {
                profiles.Add(ProfileReader.Profile(File.ReadAllText(file), file));
            }
            catch (YamlFaultException exception)
            {
                faults.AddRange(exception.Faults);
            }
            catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
            {
                faults.Add($"{file}: it cannot be read ({exception.Message})");
            }
        }

        return new(profiles, faults);
    }

    /// <summary>The class a box is of: that the owner says, else the one with the most particular signs.</summary>
    /// <param name="box">Which.</param>
    /// <param name="named">By the owner; null where he leaves it to the box.</param>
    /// <returns>Null where it is of none.</returns>
    public (HardwareProfile Profile, string Because)? Match(BoxIdentity box, string? named) =>
        named is not null && Profiles.FirstOrDefault(profile => profile.Name == named) is { } wished
            ? (wished, "the owner's hardware.yaml says so")
            : Profiles.Select(profile => (Profile: profile, Found: profile.Match.Of(box)))
                .Where(each => each.Found is not null)
                .OrderByDescending(each => each.Found!.Value.Weight)
                .Select(each => ((HardwareProfile, string)?)(each.Profile, each.Found!.Value.Because))
                .FirstOrDefault();

    /// <summary>A file that came with the box.</summary>
    internal static Stream Resource(string name) =>
        typeof(ProfileShelf).Assembly.GetManifestResourceStream(Prefix + name) ?? throw new InvalidOperationException($"The program was built without {name}.");
}
