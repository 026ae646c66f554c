namespace Appliance.Reference;

/// <summary>What an endpoint does, beside what it wants (<see cref="Access.Need"/>): of both the tests make <c>openapi.json</c>. The box itself reads none of it.</summary>
/// <param name="Summary">One line for a person, without a full stop.</param>
internal sealed record Described(string Summary)
{
    /// <summary>What else is to be known, in sentences; null where nothing is.</summary>
    public string? More { get; init; }

    /// <summary>Its parameters, those of the path too.</summary>
    public IReadOnlyList<Asked> Asks { get; init; } = [];

    /// <summary>Its body; null where it takes none.</summary>
    public Taken? Takes { get; init; }

    /// <summary>How it answers where all is well.</summary>
    public IReadOnlyList<Answer> Answers { get; init; } = [];

    /// <summary>Statuses of its problems, beside those that every endpoint has.</summary>
    public IReadOnlyList<int> Refuses { get; init; } = [];
}
