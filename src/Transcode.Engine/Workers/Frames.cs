using System.Buffers.Binary;
using System.Text;
using System.Text.Json;
using Transcode.Engine.Recipes;

namespace Transcode.Engine.Workers;

/// <summary>Makes each kind of message; the layouts are at <see cref="MessageKind"/>.</summary>
internal static class Frames
{
    /// <exception cref="ArgumentOutOfRangeException">The order's JSON or the fingerprint is over its limit.</exception>
    public static Frame Order(OrderMessage order) => Order(
        order.Id, order.GivesWay, order.IsSoftwares, order.Fingerprint, order.Length, JsonSerializer.SerializeToUtf8Bytes(order.Order, EngineJson.Default.WorkOrder));

    /// <inheritdoc cref="Order(OrderMessage)"/>
    public static Frame Order(int id, bool givesWay, bool isSoftwares, string fingerprint, long sourceBytes, ReadOnlySpan<byte> document)
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThan(fingerprint.Length, MessageLimits.FingerprintCharacters);
        Frame frame = Frame.Create(MessageKind.Order, 14 + fingerprint.Length + document.Length);
        Span<byte> payload = frame.Payload.Span;
        BinaryPrimitives.WriteInt32LittleEndian(payload, id);
        payload[4] = (byte)((givesWay ? OrderMessage.MarkGivesWay : 0) | (isSoftwares ? OrderMessage.MarkSoftwares : 0));
        BinaryPrimitives.WriteInt64LittleEndian(payload[5..], sourceBytes);
        payload[13] = (byte)fingerprint.Length;
        Encoding.ASCII.GetBytes(fingerprint, payload[14..]);
        document.CopyTo(payload[(14 + fingerprint.Length)..]);
        return frame;
    }

    /// <summary>An answer whose bytes the caller still fills in, from payload offset 5 on.</summary>
    public static Frame Bytes(int request, int count)
    {
        Frame frame = Frame.Create(MessageKind.Bytes, 5 + count);
        BinaryPrimitives.WriteInt32LittleEndian(frame.Payload.Span, request);
        frame.Payload.Span[4] = 0;
        return frame;
    }

    public static Frame BytesFailed(int request, string reason)
    {
        byte[] text = Encoding.UTF8.GetBytes(WorkerText.Clean(reason));
        Frame frame = Bytes(request, text.Length);
        frame.Payload.Span[4] = 1;
        text.CopyTo(frame.Payload.Span[5..]);
        return frame;
    }

    public static Frame Cancel(int order) => WithId(MessageKind.Cancel, order, []);

    public static Frame Stop() => Frame.Create(MessageKind.Stop, 0);

    public static Frame Hello(WorkerHello hello)
    {
        byte[] document = JsonSerializer.SerializeToUtf8Bytes(hello, WorkerJson.Default.WorkerHello);
        Frame frame = Frame.Create(MessageKind.Hello, document.Length);
        document.CopyTo(frame.Payload);
        return frame;
    }

    public static Frame Read(ReadMessage read)
    {
        Frame frame = Frame.Create(MessageKind.Read, 16);
        BinaryPrimitives.WriteInt32LittleEndian(frame.Payload.Span, read.Request);
        BinaryPrimitives.WriteInt64LittleEndian(frame.Payload.Span[4..], read.Offset);
        BinaryPrimitives.WriteInt32LittleEndian(frame.Payload.Span[12..], read.Count);
        return frame;
    }

    public static Frame Chunk(int order, ReadOnlySpan<byte> piece) => WithId(MessageKind.Chunk, order, piece);

    public static Frame Progress(long bytesConsumed)
    {
        Frame frame = Frame.Create(MessageKind.Progress, 8);
        BinaryPrimitives.WriteInt64LittleEndian(frame.Payload.Span, bytesConsumed);
        return frame;
    }

    public static Frame Done(int order, WorkReport report) =>
        WithId(MessageKind.Done, order, JsonSerializer.SerializeToUtf8Bytes(report, EngineJson.Default.WorkReport));

    public static Frame Failed(int order, WorkFailure failure) => WithId(
        MessageKind.Failed,
        order,
        JsonSerializer.SerializeToUtf8Bytes(failure with { Message = WorkerText.Clean(failure.Message) }, EngineJson.Default.WorkFailure));

    public static Frame Cancelled(int order) => WithId(MessageKind.Cancelled, order, []);

    public static Frame Late(int order) => WithId(MessageKind.Late, order, []);

    private static Frame WithId(MessageKind kind, int id, ReadOnlySpan<byte> rest)
    {
        Frame frame = Frame.Create(kind, 4 + rest.Length);
        BinaryPrimitives.WriteInt32LittleEndian(frame.Payload.Span, id);
        rest.CopyTo(frame.Payload.Span[4..]);
        return frame;
    }
}
