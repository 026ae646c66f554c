using System.Security.Cryptography;
using System.Text.Json;
using Rewards.Signing;

namespace Rewards.Accounts;

/// <summary>An order as it stands in the books, with what followed from it: never changed, never removed.</summary>
/// <param name="At">When, in microseconds since 1970.</param>
/// <param name="Key">The caller's, 1 to 128 plain characters: no two entries have the same.</param>
/// <param name="Order">What was asked.</param>
/// <param name="Postings">Their sum is 0.</param>
/// <param name="Previous">Hash of the entry before; 0 in the first.</param>
/// <param name="Sequence">1, 2, 3 … without a gap.</param>
public sealed record BookEntry(long At, string Key, BookOrder Order, IReadOnlyList<Posting> Postings, Hash256 Previous, long Sequence)
{
    /// <summary>Bytes that an entry may have: one that names as many deliveries as it may.</summary>
    public const int LengthLimit = 1 << 22;

    /// <summary>SHA-256 of <see cref="ToJson"/>.</summary>
    public Hash256 Hash() => new(SHA256.HashData(ToJson()));

    /// <summary>The entry in the one form that its hash is of.</summary>
    public byte[] ToJson() => JsonSerializer.SerializeToUtf8Bytes(this, AccountsJson.Plain.BookEntry);

    /// <exception cref="FormatException">It is no entry, or not in its one form. Whether it follows from the books before it,
    /// <see cref="BookReplay"/> tells.</exception>
    public static BookEntry Parse(ReadOnlySpan<byte> json)
    {
        if (json.Length > LengthLimit)
        {
            throw new FormatException($"An entry has at most {LengthLimit} bytes; this has {json.Length}.");
        }

        try
        {
            BookEntry? entry = JsonSerializer.Deserialize(json, AccountsJson.Plain.BookEntry);
            return entry is not null && entry.ToJson().AsSpan().SequenceEqual(json)
                ? entry
                : throw new FormatException("This entry is not in its one form.");
        }
        catch (Exception exception) when (exception is JsonException or NotSupportedException or InvalidOperationException)
        {
            throw new FormatException("This is no entry of the books: " + exception.Message, exception);
        }
    }

    /// <summary>Whose money it is about.</summary>
    internal EthereumAddress Requester(IBookState state) => Order switch
    {
        DepositOrder deposit => deposit.Requester,
        WithdrawOrder withdraw => withdraw.Requester,
        ReserveOrder reserve => reserve.Quote.Requester,
        SettleOrder settle => state.FindReservation(settle.Reservation)!.Quote.Requester,
        ReleaseOrder release => state.FindReservation(release.Reservation)!.Quote.Requester,
        _ => throw new InvalidOperationException("There is no such order."),
    };
}
