using Appliance.Playback;
using Transcode.Engine.Workers;

namespace Appliance.Activity;

/// <summary>What the box is doing now.</summary>
/// <param name="Pool">Its workers, and what waits for them.</param>
/// <param name="Making">What is being made.</param>
/// <param name="Cache">How the cache uses the disk.</param>
/// <param name="Viewers">Who plays, whoever asked last first; 64 at most.</param>
/// <param name="Answers">Of the last thousand answers with media.</param>
internal sealed record ActivityResponse(PoolStatus Pool, FlightStatus Making, StoreStatus Cache, IReadOnlyList<ViewerResponse> Viewers, AnswersResponse Answers);

/// <summary>Who plays, as far as its requests tell.</summary>
/// <param name="Source">Which film, by its id.</param>
/// <param name="Title">What it is called; null where it is no longer there.</param>
/// <param name="Rung">What it asked for last, as <c>720p</c>.</param>
/// <param name="PositionSeconds">How far in the film that is.</param>
/// <param name="BufferSeconds">How much of it the player held then, as it says; null where it does not.</param>
/// <param name="Client">What plays, as <c>Firefox</c>.</param>
/// <param name="By">By what right: <c>home</c>, <c>owner</c>, <c>link</c>, or <c>key</c> and its name.</param>
/// <param name="SeenAt">When it last asked.</param>
internal sealed record ViewerResponse(string Source, string? Title, string Rung, double PositionSeconds, double? BufferSeconds, string Client, string By, DateTimeOffset SeenAt);

/// <param name="Count">How many there were, 1000 at most.</param>
/// <param name="Hits">How many of them came from the disk.</param>
internal sealed record AnswersResponse(int Count, int Hits);
