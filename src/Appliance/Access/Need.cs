namespace Appliance.Access;

/// <summary>What an endpoint wants of its caller.</summary>
/// <param name="Scope">One of them; <see cref="Scope.None"/> is for anybody.</param>
internal sealed record Need(Scope Scope);
