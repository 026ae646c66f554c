namespace Transcode.Engine.Workers;

/// <summary>How large things on the pipe may be. Both sides hold to them: neither trusts the other's arithmetic.</summary>
internal static class MessageLimits
{
    /// <summary>Kind u8 and payload length u32, little-endian.</summary>
    public const int HeaderBytes = 5;

    /// <summary>The unit in which a worker reads its source.</summary>
    public const int BlockBytes = 256 * 1024;

    /// <summary>The largest piece of output in one message; a larger chunk goes in several.</summary>
    public const int PieceBytes = 1024 * 1024;

    /// <summary>JSON of an order, a report or a hello.</summary>
    public const int DocumentBytes = 256 * 1024;

    /// <summary>Reads a worker may have in flight.</summary>
    public const int OutstandingReads = 4;

    /// <summary>Characters kept of a text a worker wrote.</summary>
    public const int TextCharacters = 512;

    /// <summary>A fingerprint's characters: SHA-512 in hexadecimal fits.</summary>
    public const int FingerprintCharacters = 128;

    /// <summary>The largest payload of a kind, or −1 for a kind that does not exist.</summary>
    public static int PayloadBytes(MessageKind kind) => kind switch
    {
        MessageKind.Order => 14 + FingerprintCharacters + DocumentBytes,
        MessageKind.Bytes => 5 + BlockBytes,
        MessageKind.Cancel => 4,
        MessageKind.Stop => 0,
        MessageKind.Hello => DocumentBytes,
        MessageKind.Read => 16,
        MessageKind.Chunk => 4 + PieceBytes,
        MessageKind.Progress => 8,
        MessageKind.Done => 4 + DocumentBytes,
        MessageKind.Failed => 4 + DocumentBytes,
        MessageKind.Cancelled => 4,
        MessageKind.Late => 4,
        _ => -1,
    };

    public static bool IsFromWorker(MessageKind kind) => kind >= MessageKind.Hello;
}
