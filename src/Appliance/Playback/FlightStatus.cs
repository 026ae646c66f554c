namespace Appliance.Playback;

/// <summary>What is being made.</summary>
/// <param name="Flights">Artifacts under way, those just being written to disk included.</param>
/// <param name="Ahead">Of these, how many nobody has asked for yet.</param>
/// <param name="MemoryBytes">What they and their readers hold.</param>
internal sealed record FlightStatus(int Flights, int Ahead, long MemoryBytes);
