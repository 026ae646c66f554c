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

    /// <summary>Brings into the log what it does not have yet, in order, and notes where it stands. One caller at a time. A crash between
    /// the log and the note is made good by the next call, which looks for the entry behind the last one noted.</summary>
    /// <returns>How many entries were brought or found.</returns>
    /// <exception cref="AccountsException">The books could not be read or written.</exception>
    /// <exception cref="LogException">The log could not be written.</exception>
    public static async Task<int> CatchUpAsync(AccountBooks books, TransparencyLog log, CancellationToken cancellationToken = default)
    {
        int brought = 0;
        (long entry, long index) = await books.LastLoggedAsync(cancellationToken).ConfigureAwait(false);
        Dictionary<string, long> unnoted = [];
        for (long i = index + 1; i < log.Size; i++)
        {
            ReadOnlyMemory<byte> text = log.ReadEntry(i);
            if (text.Span.StartsWith(Beginning))
            {
                unnoted.TryAdd(Convert.ToHexString(text.Span), i);
            }
        }

        while (await books.ReadAsync(entry, AccountBooks.ReadLimit, cancellationToken).ConfigureAwait(false) is { Count: > 0 } next)
        {
            foreach (BookEntry unlogged in next)
            {
                byte[] text = Text(unlogged);
                if (!unnoted.TryGetValue(Convert.ToHexString(text), out long at))
                {
                    at = (await log.AppendAsync(text, null, cancellationToken).ConfigureAwait(false)).Index;
                }

                await books.MarkLoggedAsync(unlogged.Sequence, at, cancellationToken).ConfigureAwait(false);
                entry = unlogged.Sequence;
                brought++;
            }
        }

        return brought;
    }
}
