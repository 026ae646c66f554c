namespace Appliance.Fuzz;

/// <summary>What became of a target's inputs.</summary>
internal sealed class TargetTally
{
    private readonly Dictionary<string, long> _outcomes = [];
    private long _again;

    public long Inputs => Refused + Accepted + Findings.Count + _again;

    public long Refused { get; private set; }

    public long Accepted { get; private set; }

    /// <summary>Those that differ, a text each.</summary>
    public List<string> Findings { get; } = [];

    /// <summary>How often each came, by what it is called.</summary>
    public IReadOnlyDictionary<string, long> Outcomes => _outcomes;

    /// <returns>Whether there was none like it before.</returns>
    public bool Add(bool isAccepted, string outcome)
    {
        (Accepted, Refused) = isAccepted ? (Accepted + 1, Refused) : (Accepted, Refused + 1);
        long before = _outcomes.GetValueOrDefault(outcome);
        _outcomes[outcome] = before + 1;
        return before == 0;
    }

    /// <summary>Something was found that is known already.</summary>
    public void Again() => _again++;
}
