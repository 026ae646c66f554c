using System.Buffers.Binary;
using Transcode.Engine.Workers;
using Xunit;

namespace Transcode.Engine.Tests.Workers;

public sealed class FrameTests
{
    [Fact]
    public void Order_RoundTrip_IsTheSame()
    {
        var order = new OrderMessage(7, true, "0123abcd", 1L << 40, RawVideo.Segment(1));
        OrderMessage read = OrderMessage.Parse(Through(Frames.Order(order), fromWorker: false).Payload.Span);
        Assert.Equal((order.Id, order.Fingerprint, order.Length), (read.Id, read.Fingerprint, read.Length));
        var segment = Assert.IsType<SegmentOrder>(read.Order);
        Assert.Equal((RawVideo.Segment(1).Recipe.Id, 1), (segment.Recipe.Id, segment.Index));
    }

    [Theory]
    [InlineData(0, false, false)]
    [InlineData(1, true, false)]
    [InlineData(2, false, true)]
    [InlineData(3, true, true)]
    [InlineData(4, false, false)]
    [InlineData(255, true, true)]
    public void Order_Marks_AreTheTwoThatThereAre(byte marks, bool givesWay, bool isSoftwares)
    {
        byte[] payload = Frames.Order(new OrderMessage(1, givesWay, "ab", 5, new ProbeOrder()) { IsSoftwares = isSoftwares }).Payload.ToArray();
        if (marks <= 3)
        {
            Assert.Equal(marks, payload[4]);
            var read = OrderMessage.Parse(payload);
            Assert.Equal((givesWay, isSoftwares), (read.GivesWay, read.IsSoftwares));
            return;
        }

        payload[4] = marks;
        Assert.Throws<ProtocolException>(() => OrderMessage.Parse(payload));
    }

    [Fact]
    public void Read_RoundTrip_IsTheSame()
    {
        var read = new ReadMessage(3, 1L << 33, 4096);
        Assert.Equal(read, ReadMessage.Parse(Through(Frames.Read(read), fromWorker: true).Payload.Span, 1L << 34));
    }

    [Theory]
    [InlineData(-1, 1)]
    [InlineData(0, 0)]
    [InlineData(0, -1)]
    [InlineData(0, MessageLimits.BlockBytes + 1)]
    [InlineData(999_999, 2)]
    [InlineData(long.MaxValue, 1)]
    public void Read_OutsideItsSource_IsRefused(long offset, int count)
    {
        byte[] payload = new byte[16];
        BinaryPrimitives.WriteInt64LittleEndian(payload.AsSpan(4), offset);
        BinaryPrimitives.WriteInt32LittleEndian(payload.AsSpan(12), count);
        Assert.Throws<ProtocolException>(() => ReadMessage.Parse(payload, 1_000_000));
    }

    [Fact]
    public void Frame_EndOfPipe_IsNullBetweenMessagesOnly()
    {
        byte[] whole = Frames.Chunk(1, [1, 2, 3]).Bytes.ToArray();
        Assert.Null(Frame.Read(new MemoryStream(), fromWorker: true));
        for (int length = 1; length < whole.Length; length++)
        {
            Assert.Throws<ProtocolException>(() => Frame.Read(new MemoryStream(whole[..length]), fromWorker: true));
        }
    }

    [Theory]
    [InlineData(MessageKind.Order)]
    [InlineData(MessageKind.Bytes)]
    [InlineData(MessageKind.Cancel)]
    [InlineData(MessageKind.Stop)]
    [InlineData(MessageKind.Hello)]
    [InlineData(MessageKind.Read)]
    [InlineData(MessageKind.Chunk)]
    [InlineData(MessageKind.Progress)]
    [InlineData(MessageKind.Done)]
    [InlineData(MessageKind.Failed)]
    [InlineData(MessageKind.Cancelled)]
    [InlineData(MessageKind.Late)]
    internal void Frame_OverItsKindsLimit_IsRefusedBeforeItIsRead(MessageKind kind)
    {
        byte[] header = new byte[MessageLimits.HeaderBytes];
        header[0] = (byte)kind;
        BinaryPrimitives.WriteInt32LittleEndian(header.AsSpan(1), MessageLimits.PayloadBytes(kind) + 1);
        Assert.Throws<ProtocolException>(() => Frame.Read(new MemoryStream(header), MessageLimits.IsFromWorker(kind)));
        BinaryPrimitives.WriteUInt32LittleEndian(header.AsSpan(1), uint.MaxValue);
        Assert.Throws<ProtocolException>(() => Frame.Read(new MemoryStream(header), MessageLimits.IsFromWorker(kind)));
    }

    [Theory]
    [InlineData(0, true)]
    [InlineData(72, true)]
    [InlineData(255, false)]
    [InlineData((byte)MessageKind.Order, true)]
    [InlineData((byte)MessageKind.Chunk, false)]
    public void Frame_KindUnknownOrOfTheOtherSide_IsRefused(byte kind, bool fromWorker) =>
        Assert.Throws<ProtocolException>(() => Frame.Read(new MemoryStream([kind, 0, 0, 0, 0]), fromWorker));

    [Fact]
    public void Order_Truncated_IsRefused()
    {
        byte[] payload = Frames.Order(new OrderMessage(1, false, "ab", 5, new ProbeOrder())).Payload.ToArray();
        for (int length = 0; length < payload.Length; length++)
        {
            Assert.Throws<ProtocolException>(() => OrderMessage.Parse(payload.AsSpan(0, length)));
        }
    }

    [Fact]
    public void Failed_LongOrRudeText_IsCutAndCleaned()
    {
        string rude = "\u001b[2J" + new string('x', 5000);
        string cleaned = WorkerText.Clean(rude);
        Assert.Equal(MessageLimits.TextCharacters, cleaned.Length + 0);
        Assert.DoesNotContain('\u001b', cleaned);
    }

    private static Frame Through(Frame frame, bool fromWorker) =>
        Frame.Read(new MemoryStream(frame.Bytes.ToArray()), fromWorker)!.Value;
}
