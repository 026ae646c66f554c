namespace Transcode.Engine.Hardware;

/// <summary>What counters of energy showed, and when.</summary>
/// <param name="Timestamp">Of the clock that the meter goes by.</param>
/// <param name="Microjoules">Of each counter, by its folder.</param>
public sealed record PowerReading(long Timestamp, IReadOnlyDictionary<string, long> Microjoules);
