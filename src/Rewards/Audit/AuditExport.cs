using System.Text;

namespace Rewards.Audit;

/// <summary>All that an audit needs, as the box gave it out: nothing of it is believed.</summary>
/// <remarks>As a file it is lines: <see cref="Heading"/>, then a word and the base64 of its bytes each. <c>identity</c>, <c>checkpoint</c>, <c>claims</c> and
/// <c>epoch</c> are there once, <c>entry</c>, <c>receipt</c> and <c>book</c> as often as there are, in order.</remarks>
public sealed record AuditExport
{
    public const string Heading = "appliance/audit/v1";

    /// <summary>Characters that a line may have: room for a claim tree of half a million accounts.</summary>
    public const int LineLimit = 1 << 28;

    private static readonly string[] Once = ["identity", "checkpoint", "claims", "epoch"];

    private static readonly string[] Often = ["entry", "receipt", "book"];

    /// <summary>The box's keys (<see cref="Signing.KeyIdentity"/>).</summary>
    public ReadOnlyMemory<byte> Identity { get; init; }

    /// <summary>The log's signed note.</summary>
    public ReadOnlyMemory<byte> Checkpoint { get; init; }

    /// <summary>The log's entries under it, the first one first.</summary>
    public IReadOnlyList<ReadOnlyMemory<byte>> Entries { get; init; } = [];

    /// <summary>Every receipt that the log has (<see cref="Receipts.ReceiptJson"/>).</summary>
    public IReadOnlyList<ReadOnlyMemory<byte>> Receipts { get; init; } = [];

    /// <summary>Every entry of the books that the log has (<see cref="Accounts.BookEntry"/>).</summary>
    public IReadOnlyList<ReadOnlyMemory<byte>> Books { get; init; } = [];

    /// <summary>The claims that were published (<see cref="Claims.ClaimTreeJson"/>).</summary>
    public ReadOnlyMemory<byte> Claims { get; init; }

    /// <summary>The epoch's record (<see cref="Claims.EpochRecord"/>).</summary>
    public ReadOnlyMemory<byte> Epoch { get; init; }

    /// <exception cref="IOException">It could not be written.</exception>
    public void Write(TextWriter output)
    {
        output.Write(Heading + "\n");
        Line("identity", Identity);
        Line("checkpoint", Checkpoint);
        Line("claims", Claims);
        Line("epoch", Epoch);
        foreach ((string word, IReadOnlyList<ReadOnlyMemory<byte>> parts) in new[] { ("entry", Entries), ("receipt", Receipts), ("book", Books) })
        {
            foreach (ReadOnlyMemory<byte> part in parts)
            {
                Line(word, part);
            }
        }

        void Line(string word, ReadOnlyMemory<byte> bytes) => output.Write($"{word} {Convert.ToBase64String(bytes.Span)}\n");
    }

    /// <exception cref="FormatException">It is no such file. Whether it holds, <see cref="RewardsAudit"/> tells.</exception>
    /// <exception cref="IOException">It could not be read.</exception>
    public static AuditExport Read(TextReader input)
    {
        if (ReadLine(input) != Heading)
        {
            throw new FormatException($"An export begins with the line {Heading}.");
        }

        Dictionary<string, List<ReadOnlyMemory<byte>>> parts = [];
        long number = 1;
        while (ReadLine(input) is { } line)
        {
            number++;
            string[] words = line.Split(' ', 2);
            bool once = Once.Contains(words[0]);
            if (words.Length != 2 || !(once || Often.Contains(words[0])) || (once && parts.ContainsKey(words[0])))
            {
                throw new FormatException($"Line {number} of the export has none of its words, or one that is there already.");
            }

            if (!parts.TryGetValue(words[0], out List<ReadOnlyMemory<byte>>? list))
            {
                parts[words[0]] = list = [];
            }

            try
            {
                list.Add(Convert.FromBase64String(words[1]));
            }
            catch (FormatException exception)
            {
                throw new FormatException($"Line {number} of the export is not base64.", exception);
            }
        }

        string? missing = Once.FirstOrDefault(word => !parts.ContainsKey(word));
        return missing is not null
            ? throw new FormatException($"The export has no {missing}.")
            : new()
            {
                Identity = parts["identity"][0],
                Checkpoint = parts["checkpoint"][0],
                Claims = parts["claims"][0],
                Epoch = parts["epoch"][0],
                Entries = parts.GetValueOrDefault("entry", []),
                Receipts = parts.GetValueOrDefault("receipt", []),
                Books = parts.GetValueOrDefault("book", []),
            };
    }

    /// <summary>The next line without its end; null at the end. A line that never ends is not read.</summary>
    private static string? ReadLine(TextReader input)
    {
        var line = new StringBuilder();
        for (int c = input.Read(); c >= 0; c = input.Read())
        {
            if (c == '\n')
            {
                return line.ToString();
            }

            if (line.Length == LineLimit)
            {
                throw new FormatException($"A line of an export has at most {LineLimit} characters.");
            }

            line.Append((char)c);
        }

        return line.Length == 0 ? null : throw new FormatException("The export ends within a line.");
    }
}
