namespace Appliance.Reference;

/// <summary>A parameter.</summary>
/// <param name="Name">As in the address, or the header's.</param>
/// <param name="In">Where it stands.</param>
/// <param name="Text">What it says, for a person.</param>
internal sealed record Asked(string Name, AskedIn In, string Text)
{
    /// <summary>Of a whole number; null where it is none, or <see cref="Most"/> says more.</summary>
    public long? Least { get; init; }

    /// <summary>Of a whole number; null where it is none, or has no limit beside 64 bits.</summary>
    public long? Most { get; init; }

    /// <summary>What holds without it; null where nothing does.</summary>
    public long? Default { get; init; }

    /// <summary>What text must match; null where anything does.</summary>
    public string? Pattern { get; init; }

    /// <summary>What it may be; null where that is not a handful.</summary>
    public IReadOnlyList<string>? Choices { get; init; }

    /// <summary>Seconds or the like, which have fractions.</summary>
    public bool IsFraction { get; init; }

    public bool IsSwitch { get; init; }

    /// <summary>Whether it must be there; in the path it must anyway.</summary>
    public bool IsNeeded { get; init; }

    public string? Example { get; init; }

    public static Asked Path(string name, string text, string? example = null) => new(name, AskedIn.Path, text) { Example = example };

    public static Asked Query(string name, string text) => new(name, AskedIn.Query, text);

    public static Asked Header(string name, string text) => new(name, AskedIn.Header, text);

    /// <summary>Of a source.</summary>
    public static Asked Source { get; } = Path("id", "The source's id, as the list has it.", "0d3cbb1fd4e7a1a5b6c2");

    /// <summary>In lists that go on: what the answer before called <c>next</c>.</summary>
    /// <param name="text">What is counted.</param>
    public static Asked After(string text) => Query("after", text) with { Least = 0, Default = 0 };

    /// <summary>In lists that go on: how many at most.</summary>
    public static Asked Limit(long most, long otherwise) => Query("limit", "How many at most.") with { Least = 1, Most = most, Default = otherwise };
}
