using System.Text.Json.Serialization;

namespace Appliance.Steering;

/// <summary>A steering manifest (RFC 8216bis, 7.2; ETSI TS 103 998, 7).</summary>
/// <param name="Version">1.</param>
/// <param name="Ttl">Seconds until it is asked for again.</param>
/// <param name="PathwayPriority">Pathways, the best first.</param>
internal sealed record SteeringAnswer(
    [property: JsonPropertyName("VERSION")] int Version,
    [property: JsonPropertyName("TTL")] int Ttl,
    [property: JsonPropertyName("PATHWAY-PRIORITY")] IReadOnlyList<string> PathwayPriority);
