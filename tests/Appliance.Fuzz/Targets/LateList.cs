using System.Collections;

namespace Appliance.Fuzz.Targets;

/// <summary>Inputs that are made when they are first asked for: of targets that are not wanted, none are.</summary>
/// <param name="make">Makes them.</param>
internal sealed class LateList(Func<IReadOnlyList<byte[]>> make) : IReadOnlyList<byte[]>
{
    private readonly Lazy<IReadOnlyList<byte[]>> _made = new(make);

    public int Count => _made.Value.Count;

    public byte[] this[int index] => _made.Value[index];

    public IEnumerator<byte[]> GetEnumerator() => _made.Value.GetEnumerator();

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();
}
