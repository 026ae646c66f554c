using Rewards.Signing;

namespace Rewards.Log;

/// <summary>What a <see cref="TransparencyLog"/> is called and may take.</summary>
public sealed record TransparencyLogOptions
{
    /// <summary>The log's name, the first line of its checkpoints and the name of its key: an address without scheme, by custom. 1 to
    /// 255 characters, none of them a blank, a control or a plus sign.</summary>
    public required string Origin { get; init; }

    /// <summary>Keys that signed for this log before a hand-over.</summary>
    public IReadOnlyList<NoteKey> EarlierKeys { get; init; } = [];

    /// <summary>Witnesses whose cosignatures are kept, at most 64.</summary>
    public IReadOnlyList<NoteKey> Witnesses { get; init; } = [];

    /// <summary>Entries that may wait, 1 to 65,536; whoever brings one more waits for room.</summary>
    public int QueueLimit { get; init; } = 1024;

    /// <summary>Entries made durable under one checkpoint, 1 to 4,096: the same flushes serve all that wait.</summary>
    public int BatchLimit { get; init; } = 256;

    /// <summary>The log keys of a box before the one that signs now, under the log's name.</summary>
    public static IReadOnlyList<NoteKey> EarlierKeysOf(KeyIdentity identity, string origin) =>
        [.. identity.All(KeyKind.Log).SkipLast(1).Select(key => new NoteKey(origin, NoteKey.PlainType, Convert.FromHexString(key.AsSpan(2))))];

    /// <exception cref="ArgumentException">Something is outside its range.</exception>
    internal void Validate()
    {
        if (!NoteKey.IsName(Origin))
        {
            throw new ArgumentException(
                $"The log's {nameof(Origin)} must have 1 to {NoteKey.NameLimit} characters, none of them a blank, a control or a plus sign.");
        }

        if (Witnesses.Any(witness => witness.Type != NoteKey.CosignatureType))
        {
            throw new ArgumentException($"The log's {nameof(Witnesses)} must be keys of type 4.");
        }

        ArgumentOutOfRangeException.ThrowIfGreaterThan(Witnesses.Count, SignedNote.SignatureLimit);
        ArgumentOutOfRangeException.ThrowIfLessThan(QueueLimit, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(QueueLimit, 65_536);
        ArgumentOutOfRangeException.ThrowIfLessThan(BatchLimit, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(BatchLimit, 4096);
    }
}
