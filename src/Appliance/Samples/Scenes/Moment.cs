namespace Appliance.Samples.Scenes;

/// <summary>When in the film a picture is.</summary>
/// <param name="Frame">Its number in the film, from 0.</param>
/// <param name="FilmSeconds">Its time in the film.</param>
/// <param name="Seconds">Its time since its scene began.</param>
internal readonly record struct Moment(int Frame, double FilmSeconds, double Seconds);
