using System.Text.Json.Serialization;
using Transcode.Engine.Hardware;

namespace Transcode.Engine.Workers;

/// <summary>A line of what a probing process says: one of these.</summary>
/// <param name="Step">What it is at.</param>
/// <param name="Result">What came of it: its last line.</param>
/// <param name="Box">Which box this is.</param>
/// <param name="Paths">What libav has there.</param>
internal sealed record ProbeLine(string? Step = null, PathResult? Result = null, BoxIdentity? Box = null, IReadOnlyList<CodingPath>? Paths = null);

[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, UseStringEnumConverter = true, DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
[JsonSerializable(typeof(ProbeLine))]
internal sealed partial class ProbeJson : JsonSerializerContext;
