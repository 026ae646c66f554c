namespace Appliance.Fuzz;

/// <summary>Something that reads foreign bytes.</summary>
/// <param name="Name">As <c>--target</c> has it: lower case, dashes.</param>
/// <param name="Seeds">Real inputs, at least one.</param>
/// <param name="Read">Reads an input and looks whether what came of it holds. Returns what was accepted as a short word, or null where it was refused;
/// <see cref="RefusedException"/> says more of a refusal. Throws <see cref="FindingException"/> where a rule is broken.</param>
internal sealed record FuzzTarget(string Name, IReadOnlyList<byte[]> Seeds, Func<byte[], string?> Read)
{
    /// <summary>What a refusal may be thrown as; anything else that is thrown is a finding.</summary>
    public IReadOnlyList<Type> Refusals { get; init; } = [];

    /// <summary>Words that mean something in such an input.</summary>
    public IReadOnlyList<byte[]> Words { get; init; } = [];

    /// <summary>Mends what would have most changed inputs refused at the door, as a length: applied to half of them. Null where there is no such thing.</summary>
    public Func<byte[], byte[]>? Mend { get; init; }

    /// <summary>How many inputs it gets for each of another with 1.</summary>
    public double Share { get; init; } = 1;

    /// <summary>The longest an input gets, in bytes.</summary>
    public int LongestInput { get; init; } = 64 << 10;

    /// <summary>What one input may have allocated, in bytes.</summary>
    public long MemoryLimit { get; init; } = 64L << 20;

    /// <summary>How long one input may take. Wall time, and the machine may have other work: it is generous.</summary>
    public TimeSpan TimeLimit { get; init; } = TimeSpan.FromSeconds(20);

    /// <summary>Whether an input may end the process: it is then written down before it is read.</summary>
    public bool IsNative { get; init; }
}
