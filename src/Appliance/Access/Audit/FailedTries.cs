namespace Appliance.Access.Audit;

/// <summary>Wrong tries since they were last told of: counted, not told one by one, so that a guesser cannot fill the trail.</summary>
internal sealed class FailedTries
{
    /// <summary>Told apart at once; those beyond are counted together.</summary>
    private const int Limit = 16;

    private const string Others = "others";

    private readonly Lock gate = new();
    private readonly Dictionary<(string Address, string What), int> counts = [];

    public void Note(string address, string what)
    {
        lock (gate)
        {
            (string, string) key = counts.ContainsKey((address, what)) || counts.Count < Limit ? (address, what) : (Others, what);
            counts[key] = counts.GetValueOrDefault(key) + 1;
        }
    }

    /// <summary>Takes what there is.</summary>
    public IReadOnlyList<(string Address, string What, int Count)> Take()
    {
        lock (gate)
        {
            (string, string, int)[] taken = [.. counts.Select(pair => (pair.Key.Address, pair.Key.What, pair.Value))];
            counts.Clear();
            return taken;
        }
    }
}
