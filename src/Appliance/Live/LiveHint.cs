using System.Text.Json.Serialization;

namespace Appliance.Live;

/// <summary>That something has changed.</summary>
/// <param name="Topic">What.</param>
/// <param name="Revision">A number for its state; grows.</param>
/// <param name="Waiting">Of the library: files that wait to be looked at, or are looked at; else null.</param>
internal sealed record LiveHint(string Topic, long Revision, [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] int? Waiting);
