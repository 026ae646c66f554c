namespace Appliance.Startup;

/// <summary>An option of a start: its name, and all that is told of it, wherever it is told.</summary>
/// <param name="Name">Without dashes, as in the settings' file.</param>
/// <param name="Takes">What its value is, as <c>BYTES</c>.</param>
/// <param name="Default">What holds where nobody says it, in words.</param>
/// <param name="Decides">What it decides, in a line.</param>
/// <param name="More">What one has to know to choose, for the page.</param>
internal sealed record Setting(string Name, string Takes, string Default, string Decides, string More)
{
    public string Option => "--" + Name;

    /// <summary>In the environment.</summary>
    public string Variable => "APPLIANCE_" + Name.Replace('-', '_').ToUpperInvariant();

    /// <summary>Another variable that says it, which programs share; null for none.</summary>
    public string? SharedVariable { get; init; }

    /// <summary>Whether the settings' file may say it: it cannot say where it is itself.</summary>
    public bool IsOfFile { get; init; } = true;
}
