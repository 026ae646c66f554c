namespace Appliance.Health;

/// <summary>How the box is.</summary>
/// <param name="Status"><c>live</c> or <c>ready</c>.</param>
/// <param name="Engine">The engine build whose workers answer.</param>
/// <param name="Detail">What does not work as it should, though the box works.</param>
internal sealed record HealthResponse(string Status, string? Engine, string? Detail);
