namespace Appliance.Startup;

/// <summary>What was said of a start, and where, for its owner to see.</summary>
/// <param name="File">The settings' file, whether it is there or not; null where nothing was read.</param>
/// <param name="Values">By option, as <c>--port</c>.</param>
/// <param name="ServedBy">Where it was said what is served.</param>
internal sealed record SaidSettings(string? File, IReadOnlyDictionary<string, (string Value, SettingOrigin Origin)> Values, SettingOrigin ServedBy)
{
    public static SaidSettings None { get; } = new(null, new Dictionary<string, (string, SettingOrigin)>(), SettingOrigin.Default);

    /// <param name="file">The settings' file.</param>
    /// <param name="given">On the command line.</param>
    /// <param name="surroundings">In the environment.</param>
    /// <param name="settings">In the file.</param>
    /// <param name="shared">In variables that other programs read too.</param>
    public static SaidSettings Of(string file, OptionValues given, OptionValues surroundings, OptionValues settings, OptionValues shared)
    {
        var values = new Dictionary<string, (string, SettingOrigin)>();
        foreach ((OptionValues said, SettingOrigin origin) in new[] { (shared, SettingOrigin.Environment), (settings, SettingOrigin.File), (surroundings, SettingOrigin.Environment), (given, SettingOrigin.CommandLine) })
        {
            foreach ((string option, string value) in said.Values)
            {
                values[option] = (value, origin);
            }
        }

        return new(file, values, given.Paths.Count > 0 ? SettingOrigin.CommandLine : settings.Paths.Count > 0 ? SettingOrigin.File : SettingOrigin.Default);
    }
}
