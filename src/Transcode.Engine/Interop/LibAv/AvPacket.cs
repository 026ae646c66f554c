using System.Runtime.InteropServices;

namespace Transcode.Engine.Interop.LibAv;

/// <summary>An AVPacket we own: one compressed picture, or a few compressed blocks of sound.</summary>
internal sealed class AvPacket : SafeHandle
{
    private static PacketLayout Fields => LibAv.Layout.Packet;

    public AvPacket()
        : base(0, ownsHandle: true)
    {
        nint packet = AvCodec.av_packet_alloc();
        SetHandle(packet != 0 ? packet : throw new AvException(AvError.ENOMEM, "av_packet_alloc"));
    }

    public override bool IsInvalid => handle == 0;

    internal nint Pointer => handle;

    public int StreamIndex
    {
        get => Read<int>(Fields.StreamIndex);
        set => NativeMemoryView.Write(handle, Fields.StreamIndex, value);
    }

    /// <summary>Presentation time in the stream's time base, or null.</summary>
    public long? Pts
    {
        get => Known(Read<long>(Fields.Pts));
        set => NativeMemoryView.Write(handle, Fields.Pts, value ?? AvUtil.AV_NOPTS_VALUE);
    }

    /// <summary>Decode time in the stream's time base, or null.</summary>
    public long? Dts
    {
        get => Known(Read<long>(Fields.Dts));
        set => NativeMemoryView.Write(handle, Fields.Dts, value ?? AvUtil.AV_NOPTS_VALUE);
    }

    /// <summary>In the stream's time base; 0 when unknown.</summary>
    public long Duration
    {
        get => Read<long>(Fields.Duration);
        set => NativeMemoryView.Write(handle, Fields.Duration, value);
    }

    public bool IsKey => (Read<int>(Fields.Flags) & AvCodec.AV_PKT_FLAG_KEY) != 0;

    /// <summary>Whether the container says that its bytes are damaged.</summary>
    public bool IsDamaged => (Read<int>(Fields.Flags) & AvCodec.AV_PKT_FLAG_CORRUPT) != 0;

    public int Size => Read<int>(Fields.Size);

    public ReadOnlySpan<byte> Data => NativeMemoryView.Bytes(Read<nint>(Fields.Data), Size);

    /// <summary>A packet with a copy of some bytes.</summary>
    public static AvPacket Of(ReadOnlySpan<byte> data, long pts)
    {
        var packet = new AvPacket();
        AvError.ThrowIfNegative(AvCodec.av_new_packet(packet.handle, data.Length), "av_new_packet");
        data.CopyTo(NativeMemoryView.Bytes(packet.Read<nint>(Fields.Data), data.Length));
        packet.Pts = pts;
        return packet;
    }

    /// <summary>Gives the data back and resets every field.</summary>
    public void Clear() => AvCodec.av_packet_unref(handle);

    /// <summary>Takes over the data and times of <paramref name="source"/>, which is left empty.</summary>
    public void Take(AvPacket source)
    {
        Clear();
        AvCodec.av_packet_move_ref(handle, source.handle);
    }

    /// <summary>A new owner of the same data.</summary>
    public AvPacket Share()
    {
        var copy = new AvPacket();
        AvError.ThrowIfNegative(AvCodec.av_packet_ref(copy.handle, handle), "av_packet_ref");
        return copy;
    }

    protected override bool ReleaseHandle()
    {
        AvCodec.av_packet_free(ref handle);
        return true;
    }

    private static long? Known(long timestamp) => timestamp == AvUtil.AV_NOPTS_VALUE ? null : timestamp;

    private T Read<T>(int offset)
        where T : unmanaged
    {
        ObjectDisposedException.ThrowIf(IsClosed, this);
        return NativeMemoryView.Read<T>(handle, offset);
    }
}
