using System.Net;

namespace Appliance.Rewards.Command;

/// <summary>What a box answered.</summary>
/// <param name="Status">Of HTTP.</param>
/// <param name="Body">Null where it said no.</param>
/// <param name="Refusal">Why, for people; null where it did not.</param>
internal readonly record struct BoxAnswer(HttpStatusCode Status, byte[]? Body, string? Refusal);
