namespace Appliance.Access;

/// <summary>What an endpoint wants of its caller.</summary>
/// <param name="Scope">One of them; <see cref="Scope.None"/> is for anybody. Of several, any one is enough.</param>
internal sealed record Need(Scope Scope)
{
    /// <summary>Whether somebody with these scopes may.</summary>
    public bool IsMetBy(Scope held) => Scope is Scope.None || held.HasFlag(Scope.Owner) || (held & Scope) != Scope.None;
}
