using System.Buffers;
using System.Text.Json;
using Rewards.Claims;
using Rewards.Log;
using Rewards.Signing;

namespace Rewards.Accounts;

/// <summary>Entries of the books as the log has them: their hashes, and what boxes earned by them. Nothing of requesters.</summary>
/// <remarks>So whoever has the log has all that claims are made of, and whoever is shown an entry of the books can tell that it is
/// the one that the log fixed. The text is <c>{"book":n,"earned":[["0x…","amount"],…],"hash":"0x…"}</c>, in the form of RFC 8785.</remarks>
public static class BookLog
{
    /// <summary>What a log's entry of the books begins with; no other of the log's entries does.</summary>
    private static ReadOnlySpan<byte> Beginning => "{\"book\":"u8;

    /// <summary>The log's entry for an entry of the books.</summary>
    public static byte[] Text(BookEntry entry)
    {
        var buffer = new ArrayBufferWriter<byte>(256);
        using (var json = new Utf8JsonWriter(buffer))
        {
            json.WriteStartObject();
            json.WriteNumber("book"u8, entry.Sequence);
            json.WriteStartArray("earned"u8);
            foreach (Posting posting in entry.Postings.Where(posting => posting.Account.Kind == AccountKind.Earnings))
            {
                json.WriteStartArray();
                json.WriteStringValue(posting.Account.Owner.ToString());
                json.WriteStringValue(Amounts.Text(posting.Amount));
                json.WriteEndArray();
            }

            json.WriteEndArray();
            json.WriteString("hash"u8, entry.Hash().ToString());
            json.WriteEndObject();
        }

        return buffer.WrittenSpan.ToArray();
    }

    /// <summary>What a log's entry says of the books; null where it is of something else.</summary>
    /// <exception cref="FormatException">It begins like one of the books, and is none.</exception>
    public static (long Entry, IReadOnlyList<Claim> Earned, Hash256 Hash)? Read(ReadOnlyMemory<byte> text)
    {
        if (!text.Span.StartsWith(Beginning))
        {
            return null;
        }

        try
        {
            using JsonDocument document = JsonDocument.Parse(text, new JsonDocumentOptions { MaxDepth = 4, AllowDuplicateProperties = false });
            JsonElement root = document.RootElement;
            List<Claim> earned = [];
            foreach (JsonElement pair in root.GetProperty("earned").EnumerateArray())
            {
                Int128 amount = Amounts.Parse(pair[1].GetString());
                earned.Add(amount > 0 ? new(EthereumAddress.Parse(pair[0].GetString()), (UInt128)amount) : throw new FormatException("Nobody earns less than 1."));
            }

            return (root.GetProperty("book").GetInt64(), earned, Hash256.Parse(root.GetProperty("hash").GetString()));
        }
        catch (Exception exception) when (exception is JsonException or InvalidOperationException or KeyNotFoundException or IndexOutOfRangeException)
        {
            throw new FormatException("This is no log's entry of the books: " + exception.Message, exception);
        }
    }

    /// <summary>The books' entries of a log, in order. One that stands there twice, because its first answer was lost, counts where it
    /// stands first.</summary>
    /// <param name="log">The log's entries, from the first on.</param>
    /// <exception cref="FormatException">One is none, or is missing before another, or there are two of a number.</exception>
    public static IEnumerable<(ReadOnlyMemory<byte> Text, IReadOnlyList<Claim> Earned)> InOrder(IEnumerable<ReadOnlyMemory<byte>> log)
    {
        List<Hash256> seen = [];
        foreach (ReadOnlyMemory<byte> text in log)
        {
            if (Read(text) is not { } entry)
            {
                continue;
            }

            Hash256 leaf = MerkleHash.Leaf(text.Span);
            if (entry.Entry == seen.Count + 1)
            {
                seen.Add(leaf);
                yield return (text, entry.Earned);
            }
            else if (entry.Entry < 1 || entry.Entry > seen.Count)
            {
                throw new FormatException($"The log has entry {entry.Entry} of the books after entry {seen.Count}.");
            }
            else if (seen[(int)entry.Entry - 1] != leaf)
            {
                throw new FormatException($"The log has two different entries {entry.Entry} of the books.");
            }
        }
    }

    /// <summary>Brings into the log what it does not have yet, in order, and notes where it stands. One caller at a time. What was brought
    /// and not noted, because of a crash or of an append that was done and said to have failed, is found behind the last one noted.</summary>
    /// <returns>How many entries were noted.</returns>
    /// <exception cref="AccountsException">The books could not be read or written.</exception>
    /// <exception cref="LogException">The log could not be written.</exception>
    public static async Task<int> CatchUpAsync(AccountBooks books, TransparencyLog log, CancellationToken cancellationToken = default)
    {
        int count = 0;
        (long noted, long index) = await books.LastLoggedAsync(cancellationToken).ConfigureAwait(false);
        Dictionary<Hash256, long> places = [];
        long scanned = Scan(log, index + 1, places);
        while (await books.ReadAsync(noted, AccountBooks.ReadLimit, cancellationToken).ConfigureAwait(false) is { Count: > 0 } next)
        {
            foreach (byte[] text in next.Select(Text))
            {
                // One after the other: an entry is not brought before the one ahead of it is known to be there.
                if (!places.ContainsKey(MerkleHash.Leaf(text)))
                {
                    await log.AppendAsync(text, null, cancellationToken).ConfigureAwait(false);
                }
            }

            scanned = Scan(log, scanned, places);
            List<Task> notes = [.. next.Select(entry => books.MarkLoggedAsync(entry.Sequence, places[MerkleHash.Leaf(Text(entry))], cancellationToken))];
            await Task.WhenAll(notes).ConfigureAwait(false);
            noted = next[^1].Sequence;
            count += next.Count;
        }

        return count;
    }

    /// <summary>Where each of the books' entries from there on stands first.</summary>
    private static long Scan(TransparencyLog log, long from, Dictionary<Hash256, long> places)
    {
        long size = log.Size;
        for (long i = from; i < size; i++)
        {
            ReadOnlyMemory<byte> text = log.ReadEntry(i);
            if (text.Span.StartsWith(Beginning))
            {
                places.TryAdd(MerkleHash.Leaf(text.Span), i);
            }
        }

        return size;
    }
}
