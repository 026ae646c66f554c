namespace Appliance.Profiles;

/// <summary>What a class of machine can do.</summary>
/// <param name="Name">As its file.</param>
/// <param name="Description">Of the class.</param>
/// <param name="Match">By what a box is known to be of it.</param>
/// <param name="Figures">Each with its standing and source.</param>
/// <param name="Quirks">What is to be minded, likewise.</param>
internal sealed record HardwareProfile(
    string Name, string Description, ProfileMatch Match, IReadOnlyList<ProfileFigure> Figures, IReadOnlyList<ProfileQuirk> Quirks);

/// <param name="Name">Of what.</param>
/// <param name="Value">As it is written.</param>
/// <param name="Unit">Of the value.</param>
/// <param name="Standing"><c>measured</c>, <c>documented</c> or <c>assumed</c>.</param>
/// <param name="Source">Where it is from.</param>
internal sealed record ProfileFigure(string Name, string Value, string Unit, string Standing, string Source);

/// <param name="Name">In a word.</param>
/// <param name="Text">In a sentence.</param>
/// <param name="Standing">As of a figure.</param>
/// <param name="Source">Likewise.</param>
internal sealed record ProfileQuirk(string Name, string Text, string Standing, string Source);
