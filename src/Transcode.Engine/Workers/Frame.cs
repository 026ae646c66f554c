using System.Buffers;
using System.Buffers.Binary;

namespace Transcode.Engine.Workers;

/// <summary>One whole message, header and payload, in a pooled buffer. Exactly one owner at a time: handing it on hands
/// over the duty to <see cref="Release"/> it once.</summary>
internal readonly struct Frame
{
    private readonly byte[] buffer;
    private readonly int length;

    private Frame(byte[] buffer, int length)
    {
        this.buffer = buffer;
        this.length = length;
    }

    public MessageKind Kind => (MessageKind)buffer[0];

    /// <summary>Header and payload, as they go over the pipe.</summary>
    public ReadOnlySpan<byte> Bytes => buffer.AsSpan(0, length);

    public Memory<byte> Payload => buffer.AsMemory(MessageLimits.HeaderBytes, length - MessageLimits.HeaderBytes);

    /// <summary>A frame whose payload is still to be filled.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The payload is larger than the kind allows.</exception>
    public static Frame Create(MessageKind kind, int payloadBytes)
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThan(payloadBytes, MessageLimits.PayloadBytes(kind));
        byte[] buffer = ArrayPool<byte>.Shared.Rent(MessageLimits.HeaderBytes + payloadBytes);
        buffer[0] = (byte)kind;
        BinaryPrimitives.WriteInt32LittleEndian(buffer.AsSpan(1), payloadBytes);
        return new Frame(buffer, MessageLimits.HeaderBytes + payloadBytes);
    }

    /// <summary>Reads the next message.</summary>
    /// <param name="stream">The pipe; read synchronously.</param>
    /// <param name="fromWorker">Whether it is a worker that is listened to.</param>
    /// <returns>Null where the other side closed the pipe between two messages.</returns>
    /// <exception cref="ProtocolException">A kind that this side may not send, a length above the kind's limit, or an end inside a message.</exception>
    public static Frame? Read(Stream stream, bool fromWorker)
    {
        Span<byte> header = stackalloc byte[MessageLimits.HeaderBytes];
        int got = stream.ReadAtLeast(header, header.Length, throwOnEndOfStream: false);
        if (got == 0)
        {
            return null;
        }

        if (got < header.Length)
        {
            throw new ProtocolException("The pipe ended inside a message's header.");
        }

        var kind = (MessageKind)header[0];
        uint payloadBytes = BinaryPrimitives.ReadUInt32LittleEndian(header[1..]);
        int limit = MessageLimits.PayloadBytes(kind);
        if (limit < 0 || MessageLimits.IsFromWorker(kind) != fromWorker)
        {
            throw new ProtocolException($"There is no message of kind {header[0]} in this direction.");
        }

        if (payloadBytes > limit)
        {
            throw new ProtocolException($"A message {kind} of {payloadBytes} bytes is over its limit of {limit}.");
        }

        Frame frame = Create(kind, (int)payloadBytes);
        if (stream.ReadAtLeast(frame.Payload.Span, (int)payloadBytes, throwOnEndOfStream: false) < payloadBytes)
        {
            frame.Release();
            throw new ProtocolException($"The pipe ended inside a message {kind}.");
        }

        return frame;
    }

    public void Release() => ArrayPool<byte>.Shared.Return(buffer);
}
