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
    private const string Of = "of the books";

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
    public static IEnumerable<(ReadOnlyMemory<byte> Text, IReadOnlyList<Claim> Earned)> InOrder(IEnumerable<ReadOnlyMemory<byte>> log) =>
        NumberedEntries.InOrder(log, Of, text => Read(text) is { } entry ? (entry.Entry, (text, entry.Earned)) : ((long, (ReadOnlyMemory<byte>, IReadOnlyList<Claim>))?)null);

    /// <summary>Brings into the log what it does not have yet, in order, and notes where it stands. One writer of the log at a time. What was brought
    /// and not noted, because of a crash or of an append that was done and said to have failed, is found behind the last one noted.</summary>
    /// <returns>How many entries were noted.</returns>
    /// <exception cref="AccountsException">The books could not be read or written.</exception>
    /// <exception cref="ContradictedLogException">The log has another entry of the books in a place, or more than the books have.</exception>
    /// <exception cref="LogException">The log could not be written.</exception>
    public static Task<int> CatchUpAsync(AccountBooks books, TransparencyLog log, CancellationToken cancellationToken = default) =>
        LogFeed.CatchUpAsync(new Source(books), log, cancellationToken);

    private sealed class Source(AccountBooks books) : ILogSource
    {
        string ILogSource.Of => Of;

        public long? NumberOf(ReadOnlyMemory<byte> text) => Read(text)?.Entry;

        public Task<(long Number, long Index)> LastLoggedAsync(CancellationToken cancellationToken) => books.LastLoggedAsync(cancellationToken);

        public async Task<IReadOnlyList<ReadOnlyMemory<byte>>> ReadAsync(long after, int limit, CancellationToken cancellationToken) =>
            [.. (await books.ReadAsync(after, limit, cancellationToken).ConfigureAwait(false)).Select(entry => new ReadOnlyMemory<byte>(Text(entry)))];

        public Task MarkLoggedAsync(long number, long index) => books.MarkLoggedAsync(number, index, CancellationToken.None);
    }
}
