using Transcode.Engine.Recipes;

namespace Transcode.Engine.Workers;

/// <summary>An order as it crosses the pipe.</summary>
/// <param name="Id">Counts up in the life of a worker; at least 1.</param>
/// <param name="GivesWay">Whether its encoders are to give way to whatever else the box does.</param>
/// <param name="Fingerprint">Of the source.</param>
/// <param name="Length">Of the source, in bytes.</param>
/// <param name="Order">What to make.</param>
internal readonly record struct OrderMessage(int Id, bool GivesWay, string Fingerprint, long Length, WorkOrder Order)
{
    /// <summary>Of the byte after the id: <see cref="GivesWay"/>.</summary>
    internal const byte MarkGivesWay = 1;

    /// <summary>Likewise: <see cref="IsSoftwares"/>.</summary>
    internal const byte MarkSoftwares = 2;

    /// <summary>Whether no device may decode for it, nor for those that share its decode.</summary>
    public bool IsSoftwares { get; init; }

    /// <exception cref="ProtocolException">The payload is not an order.</exception>
    public static OrderMessage Parse(ReadOnlySpan<byte> payload)
    {
        var reader = new PayloadReader(payload);
        int id = reader.Int32();
        byte marks = reader.Byte();
        long length = reader.Int64();
        string fingerprint = reader.Ascii(reader.Byte());
        WorkOrder order = reader.Document(EngineJson.Default.WorkOrder);
        return id > 0 && marks <= (MarkGivesWay | MarkSoftwares) && length >= 0 && fingerprint.Length is > 0 and <= MessageLimits.FingerprintCharacters
            ? new(id, (marks & MarkGivesWay) != 0, fingerprint, length, order) { IsSoftwares = (marks & MarkSoftwares) != 0 }
            : throw new ProtocolException("An order's id, marks, length or fingerprint is out of range.");
    }
}
