using Microsoft.Data.Sqlite;
using Rewards.Durability;
using Rewards.Signing;

namespace Rewards.Receipts;

/// <summary>The statements over receipts. Not thread-safe: the store's one thread uses it.</summary>
internal sealed class ReceiptTable(SqliteConnection connection) : DatabaseTable(connection)
{
    private const string Columns = "text, countersignature";

    /// <summary>0 before the first.</summary>
    public long LastSeq() => DatabaseFile.Number(Connection, "SELECT coalesce(max(seq), 0) FROM receipt");

    public SignedReceipt? Last() => LastSeq() is > 0 and var seq ? Find(seq) : null;

    public SignedReceipt? Find(long seq) => Select($"SELECT {Columns} FROM receipt WHERE seq = $p0", seq) is [var found] ? found : null;

    public IReadOnlyList<SignedReceipt> Read(long after, int limit) =>
        Select($"SELECT {Columns} FROM receipt WHERE seq > $p0 ORDER BY seq LIMIT $p1", after, limit);

    public IReadOnlyList<SignedReceipt> OfJob(Hash256 job, long after, int limit) =>
        Select($"SELECT {Columns} FROM receipt WHERE job = $p0 AND seq > $p1 ORDER BY seq LIMIT $p2", job.ToArray(), after, limit);

    public long Outstanding(EthereumAddress requester)
    {
        using SqliteCommand command = Command("SELECT count(*) FROM receipt WHERE requester = $p0 AND countersignature IS NULL", Bytes(requester));
        return (long)command.ExecuteScalar()!;
    }

    public void Insert(SignedReceipt signed)
    {
        WorkReceipt receipt = signed.Receipt;
        Execute(
            "INSERT INTO receipt VALUES ($p0, $p1, $p2, $p3, $p4, NULL, NULL)",
            (long)receipt.Seq, signed.Digest().ToArray(), RequesterOf(receipt) ?? (object)DBNull.Value, receipt.JobId.ToArray(), ReceiptJson.Write(signed));
    }

    public void Countersign(long seq, RecoverableSignature signature, long at) =>
        Execute("UPDATE receipt SET countersignature = $p1, countersigned_at_us = $p2 WHERE seq = $p0", seq, signature.ToArray(), at);

    /// <summary>What stands beside a receipt's text: its digest, and that number, requester and job are the same as there.</summary>
    public bool IsBeside(SignedReceipt signed)
    {
        WorkReceipt receipt = signed.Receipt;
        using SqliteCommand command = Command(
            "SELECT 1 FROM receipt WHERE seq = $p0 AND digest = $p1 AND requester IS $p2 AND job = $p3",
            (long)receipt.Seq, signed.Digest().ToArray(), RequesterOf(receipt) ?? (object)DBNull.Value, receipt.JobId.ToArray());
        return command.ExecuteScalar() is not null;
    }

    /// <summary>Null where the device made it out to itself.</summary>
    private static byte[]? RequesterOf(WorkReceipt receipt) => receipt.IsOwn ? null : Bytes(receipt.Requester);

    private static byte[] Bytes(EthereumAddress address)
    {
        byte[] bytes = new byte[EthereumAddress.Length];
        address.CopyTo(bytes);
        return bytes;
    }

    /// <exception cref="ReceiptException">A text is no receipt: it was one when the store was opened.</exception>
    private List<SignedReceipt> Select(string sql, params ReadOnlySpan<object> values)
    {
        using SqliteCommand command = Command(sql, values);
        using SqliteDataReader row = command.ExecuteReader();
        List<SignedReceipt> receipts = [];
        while (row.Read())
        {
            receipts.Add(ReceiptOf(row));
        }

        return receipts;
    }

    private static SignedReceipt ReceiptOf(SqliteDataReader row)
    {
        try
        {
            SignedReceipt signed = ReceiptJson.Read(row.GetFieldValue<byte[]>(0));
            return row.IsDBNull(1) ? signed
                : RecoverableSignature.TryRead(row.GetFieldValue<byte[]>(1), out RecoverableSignature? signature) ? signed with { RequesterSignature = signature }
                : throw new FormatException($"The countersignature of receipt {signed.Receipt.Seq} is none.");
        }
        catch (FormatException exception)
        {
            throw new ReceiptException(
                $"The store of receipts is damaged: {exception.Message} It was left as it is: restore a copy, or move it away.", exception);
        }
    }
}
