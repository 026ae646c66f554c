namespace Appliance.Access;

/// <summary>Scopes by their names.</summary>
internal static class Scopes
{
    private static readonly (string Name, Scope Scope)[] Named =
    [
        ("play", Scope.Play), ("links", Scope.Links), ("library", Scope.Library), ("jobs", Scope.Jobs), ("orders", Scope.Orders), ("figures", Scope.Figures), ("owner", Scope.Owner),
    ];

    /// <summary>The names there are, for a person.</summary>
    public static string Names { get; } = string.Join(", ", Named.Select(named => named.Name));

    public static bool Grants(this Scope held, Scope wanted) => held.HasFlag(Scope.Owner) || held.HasFlag(wanted);

    public static IReadOnlyList<string> NamesOf(Scope scopes) => [.. Named.Where(named => scopes.HasFlag(named.Scope)).Select(named => named.Name)];

    /// <returns>Null where there are none, or one of them has another name.</returns>
    public static Scope? Parse(IReadOnlyList<string>? names)
    {
        if (names is not { Count: > 0 })
        {
            return null;
        }

        Scope scopes = Scope.None;
        foreach (string name in names)
        {
            Scope scope = Array.Find(Named, named => named.Name == name).Scope;
            if (scope is Scope.None)
            {
                return null;
            }

            scopes |= scope;
        }

        return scopes;
    }
}
