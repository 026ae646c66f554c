using System.Text.Json.Serialization;

namespace Appliance.Startup;

/// <summary>Where a setting was said.</summary>
internal enum SettingOrigin
{
    /// <summary>Nowhere.</summary>
    [JsonStringEnumMemberName("default")]
    Default,

    /// <summary>In the settings' file.</summary>
    [JsonStringEnumMemberName("file")]
    File,

    [JsonStringEnumMemberName("environment")]
    Environment,

    [JsonStringEnumMemberName("commandLine")]
    CommandLine,
}
