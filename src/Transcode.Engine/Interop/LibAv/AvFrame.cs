using System.Runtime.InteropServices;

namespace Transcode.Engine.Interop.LibAv;

/// <summary>An AVFrame we own: one decoded picture, or a block of samples, with its reference counted data.</summary>
internal sealed class AvFrame : SafeHandle
{
    private static FrameLayout Fields => LibAv.Layout.Frame;

    public AvFrame()
        : base(0, ownsHandle: true)
    {
        nint frame = AvUtil.av_frame_alloc();
        SetHandle(frame != 0 ? frame : throw new AvException(AvError.ENOMEM, "av_frame_alloc"));
    }

    public override bool IsInvalid => handle == 0;

    /// <summary>For calls within Interop only; the frame must be kept alive by its owner meanwhile.</summary>
    internal nint Pointer => handle;

    public int Width
    {
        get => Read<int>(Fields.Width);
        set => Write(Fields.Width, value);
    }

    public int Height
    {
        get => Read<int>(Fields.Height);
        set => Write(Fields.Height, value);
    }

    /// <summary>AVPixelFormat or AVSampleFormat.</summary>
    public int Format
    {
        get => Read<int>(Fields.Format);
        set => Write(Fields.Format, value);
    }

    /// <summary>Samples a channel.</summary>
    public int SampleCount
    {
        get => Read<int>(Fields.NbSamples);
        set => Write(Fields.NbSamples, value);
    }

    public int SampleRate
    {
        get => Read<int>(Fields.SampleRate);
        set => Write(Fields.SampleRate, value);
    }

    /// <summary>In the time base of whoever made the frame; null when unknown.</summary>
    public long? Pts
    {
        get => Read<long>(Fields.Pts) is var pts && pts == AvUtil.AV_NOPTS_VALUE ? null : pts;
        set => Write(Fields.Pts, value ?? AvUtil.AV_NOPTS_VALUE);
    }

    /// <summary>The decoder's best guess at the presentation time, in the stream's time base; null when it has none.</summary>
    public long? BestEffortTimestamp =>
        Read<long>(Fields.BestEffortTimestamp) is var pts && pts == AvUtil.AV_NOPTS_VALUE ? null : pts;

    public AvRational SampleAspectRatio
    {
        get => Read<AvRational>(Fields.SampleAspectRatio);
        set => Write(Fields.SampleAspectRatio, value);
    }

    /// <summary>AVColorRange.</summary>
    public int ColorRange
    {
        get => Read<int>(Fields.ColorRange);
        set => Write(Fields.ColorRange, value);
    }

    /// <summary>AVColorSpace: the matrix.</summary>
    public int ColorSpace
    {
        get => Read<int>(Fields.Colorspace);
        set => Write(Fields.Colorspace, value);
    }

    /// <summary>AVChromaLocation: where samples of colour lie.</summary>
    public int ChromaLocation
    {
        get => Read<int>(Fields.ChromaLocation);
        set => Write(Fields.ChromaLocation, value);
    }

    /// <summary>What the bitstream says of the display the picture was graded on, or null.</summary>
    public AvMasteringDisplay? MasteringDisplay => SideData<AvMasteringDisplay>(AvUtil.AV_FRAME_DATA_MASTERING_DISPLAY_METADATA);

    /// <summary>What the bitstream says of the picture's brightness, or null.</summary>
    public AvContentLight? ContentLight => SideData<AvContentLight>(AvUtil.AV_FRAME_DATA_CONTENT_LIGHT_LEVEL);

    /// <summary>Whether the bitstream brings room for closed captions with the picture (ATSC A/53), be they there or not.</summary>
    public bool HasCaptions
    {
        get
        {
            ObjectDisposedException.ThrowIf(IsClosed, this);
            return AvUtil.av_frame_get_side_data(handle, AvUtil.AV_FRAME_DATA_A53_CC) != 0;
        }
    }

    public int ChannelCount => Read<int>(Fields.ChLayout + LibAv.Layout.ChannelLayout.NbChannels);

    /// <summary>Whether the channels are a sound field's components and not loudspeakers' places.</summary>
    public bool IsAmbisonic => Read<int>(Fields.ChLayout + LibAv.Layout.ChannelLayout.Order) == AvUtil.AV_CHANNEL_ORDER_AMBISONIC;

    internal nint ChannelLayout => handle + Fields.ChLayout;

    /// <summary>Whether the picture is two fields of different instants.</summary>
    public bool IsInterlaced => Fields.FlagInterlaced == 0
        ? Read<int>(Fields.InterlacedFrame) != 0
        : (Read<int>(Fields.Flags) & Fields.FlagInterlaced) != 0;

    /// <summary>Of an interlaced picture, whether the upper field is the earlier.</summary>
    public bool IsTopFirst => Fields.FlagTopFieldFirst == 0
        ? Read<int>(Fields.TopFieldFirst) != 0
        : (Read<int>(Fields.Flags) & Fields.FlagTopFieldFirst) != 0;

    /// <summary>Whether the picture is to be shown for longer than others, as pulled-down film says it.</summary>
    public bool IsRepeated => Read<int>(Fields.RepeatPict) != 0;

    /// <summary>Whether the decoder had to make up some of the picture.</summary>
    public bool IsDamaged => Read<int>(Fields.DecodeErrorFlags) != 0 || (Read<int>(Fields.Flags) & Fields.FlagCorrupt) != 0;

    /// <summary>AVPictureType: 0 lets an encoder choose.</summary>
    public int PictureType
    {
        set => Write(Fields.PictType, value);
    }

    /// <summary>Bytes from one row to the next.</summary>
    public int Stride(int plane) => Read<int>(Fields.Linesize + (plane * sizeof(int)));

    /// <summary>Rows of a plane as they lie in memory, <see cref="Stride"/> bytes each.</summary>
    public Span<byte> Plane(int plane, int rows) =>
        NativeMemoryView.Bytes(Read<nint>(Fields.Data + (plane * nint.Size)), Stride(plane) * rows);

    /// <summary>One channel of planar float samples.</summary>
    public Span<float> Samples(int channel) =>
        MemoryMarshal.Cast<byte, float>(NativeMemoryView.Bytes(
            NativeMemoryView.Read<nint>(Read<nint>(Fields.ExtendedData), channel * nint.Size),
            SampleCount * sizeof(float)));

    /// <summary>Allocates planes for the size and format set before.</summary>
    public void Allocate() => AvError.ThrowIfNegative(AvUtil.av_frame_get_buffer(handle, 0), "av_frame_get_buffer");

    /// <summary>Makes this a frame with all that <paramref name="like"/> says of itself, and no data.</summary>
    internal void Describe(AvFrame like)
    {
        AvUtil.av_frame_unref(handle);
        AvError.ThrowIfNegative(AvUtil.av_frame_copy_props(handle, like.handle), "av_frame_copy_props");
    }

    /// <summary>Hands it its data, which is all in one buffer.</summary>
    /// <param name="buffer">An AVBufferRef, the frame's from now on.</param>
    internal void Hold(nint buffer) => Write(Fields.Buf, buffer);

    /// <summary>Says where a plane lies in its data.</summary>
    internal void Place(int plane, nint start, int stride)
    {
        Write(Fields.Data + (plane * nint.Size), start);
        Write(Fields.Linesize + (plane * sizeof(int)), stride);
    }

    /// <summary>Makes the planes this frame's own, copying them where somebody else still holds them.</summary>
    public void MakeWritable() => AvError.ThrowIfNegative(AvUtil.av_frame_make_writable(handle), "av_frame_make_writable");

    /// <summary>Makes this frame a further reference to the data of <paramref name="source"/>.</summary>
    public void Reference(AvFrame source)
    {
        AvUtil.av_frame_unref(handle);
        AvError.ThrowIfNegative(AvUtil.av_frame_ref(handle, source.handle), "av_frame_ref");
    }

    /// <summary>Sets the default layout of so many channels.</summary>
    public void SetChannels(int channels) => AvUtil.av_channel_layout_default(ChannelLayout, channels);

    /// <summary>Takes over the channel layout of <paramref name="source"/>.</summary>
    public void CopyChannels(AvFrame source) =>
        AvError.ThrowIfNegative(AvUtil.av_channel_layout_copy(ChannelLayout, source.ChannelLayout), "av_channel_layout_copy");

    /// <summary>Says how much finer or coarser than the rest parts of the picture are to be coded. It stays with this reference to
    /// the picture, and is not the picture's.</summary>
    /// <param name="regions">Of several that overlap the first rules.</param>
    public void Attach(ReadOnlySpan<AvRegionOfInterest> regions)
    {
        ReadOnlySpan<byte> bytes = MemoryMarshal.AsBytes(regions);
        nint entry = AvUtil.av_frame_new_side_data(handle, AvUtil.AV_FRAME_DATA_REGIONS_OF_INTEREST, (nuint)bytes.Length);
        if (entry == 0)
        {
            throw new AvException(AvError.ENOMEM, "av_frame_new_side_data");
        }

        bytes.CopyTo(NativeMemoryView.Bytes(NativeMemoryView.Read<nint>(entry, LibAv.Layout.FrameSideData.Data), bytes.Length));
    }

    /// <summary>Says that the picture is of one instant.</summary>
    public void MarkWhole()
    {
        if (Fields.FlagInterlaced == 0)
        {
            Write(Fields.InterlacedFrame, 0);
        }
        else
        {
            Write(Fields.Flags, Read<int>(Fields.Flags) & ~Fields.FlagInterlaced);
        }
    }

    /// <summary>Gives the data back and resets every field.</summary>
    public void Clear() => AvUtil.av_frame_unref(handle);

    protected override bool ReleaseHandle()
    {
        AvUtil.av_frame_free(ref handle);
        return true;
    }

    private T? SideData<T>(int type)
        where T : unmanaged
    {
        ObjectDisposedException.ThrowIf(IsClosed, this);
        nint entry = AvUtil.av_frame_get_side_data(handle, type);
        return entry == 0 ? null : NativeMemoryView.Read<T>(NativeMemoryView.Read<nint>(entry, LibAv.Layout.FrameSideData.Data), 0);
    }

    private T Read<T>(int offset)
        where T : unmanaged
    {
        ObjectDisposedException.ThrowIf(IsClosed, this);
        return NativeMemoryView.Read<T>(handle, offset);
    }

    private void Write<T>(int offset, T value)
        where T : unmanaged
    {
        ObjectDisposedException.ThrowIf(IsClosed, this);
        NativeMemoryView.Write(handle, offset, value);
    }
}
