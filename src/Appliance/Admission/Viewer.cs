namespace Appliance.Admission;

/// <summary>Who plays, as far as its requests tell.</summary>
/// <param name="Source">Which film, by its id.</param>
/// <param name="Rung">What it asked for last, as <c>720p</c>.</param>
/// <param name="Position">How far in the film that is.</param>
/// <param name="Buffer">How much of it the player held then, as it says; null where it does not.</param>
/// <param name="Client">What plays, as <c>Firefox</c>.</param>
/// <param name="By">By what right: <c>home</c>, <c>owner</c>, <c>link</c>, or <c>key</c> and its name.</param>
/// <param name="SeenAt">When it last asked.</param>
internal sealed record Viewer(string Source, string Rung, TimeSpan Position, TimeSpan? Buffer, string Client, string By, DateTimeOffset SeenAt);
