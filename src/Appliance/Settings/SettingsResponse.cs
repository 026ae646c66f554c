using System.Text.Json.Serialization;
using Appliance.Startup;

namespace Appliance.Settings;

/// <summary>How this start of the box was set, for its owner.</summary>
/// <param name="File">The settings' file.</param>
/// <param name="FileIsThere">Whether there is one.</param>
/// <param name="Settings">All there are.</param>
internal sealed record SettingsResponse(string? File, bool FileIsThere, IReadOnlyList<SettingResponse> Settings);

/// <param name="Name">As the settings' file has it.</param>
/// <param name="Decides">What it decides, in a line.</param>
/// <param name="More">What one has to know to choose.</param>
/// <param name="Value">As it was said; the default's words where it was not.</param>
/// <param name="Default">What holds where nobody says it, in words.</param>
/// <param name="Origin">Where it was said.</param>
/// <param name="Variable">Its name in the environment; null where it has none.</param>
/// <param name="InFile">Whether the settings' file may say it; it holds from the next start on.</param>
internal sealed record SettingResponse(string Name, string Decides, string More, string Value, string Default, SettingOrigin Origin, string? Variable, bool InFile);

/// <summary>What to write, and where.</summary>
/// <param name="File">The settings' file.</param>
/// <param name="Lines">What it is to say.</param>
/// <param name="StandsBehind">Where the same is said that goes before the file, so that the lines would change nothing; null where nothing does.</param>
internal sealed record SettingLines(string? File, string Lines, [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] string? StandsBehind);
