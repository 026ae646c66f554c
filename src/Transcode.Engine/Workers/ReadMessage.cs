namespace Transcode.Engine.Workers;

/// <summary>A worker asks for bytes of its source.</summary>
/// <param name="Request">Counts up in the life of a worker.</param>
/// <param name="Offset">In bytes, at least 0.</param>
/// <param name="Count">In bytes, 1 to <see cref="MessageLimits.BlockBytes"/>.</param>
internal readonly record struct ReadMessage(int Request, long Offset, int Count)
{
    /// <exception cref="ProtocolException">The payload is not a read inside a source of that length.</exception>
    public static ReadMessage Parse(ReadOnlySpan<byte> payload, long sourceBytes)
    {
        var reader = new PayloadReader(payload);
        var message = new ReadMessage(reader.Int32(), reader.Int64(), reader.Int32());
        reader.End();
        return message.Offset >= 0
            && message.Count is > 0 and <= MessageLimits.BlockBytes
            && message.Offset <= sourceBytes - message.Count
            ? message
            : throw new ProtocolException($"A read of {message.Count} bytes at {message.Offset} is outside a source of {sourceBytes}.");
    }
}
