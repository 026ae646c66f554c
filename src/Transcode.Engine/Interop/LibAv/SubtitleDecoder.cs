using System.Runtime.InteropServices;

namespace Transcode.Engine.Interop.LibAv;

/// <summary>A decoder of text subtitles we own. libav turns every text codec into events of one kind, ASS.</summary>
internal sealed unsafe class SubtitleDecoder : IDisposable
{
    private const int SUBTITLE_ASS = 3;

    /// <summary>Rectangles taken of one packet: text decoders give one.</summary>
    private const int MaxRects = 64;

    private readonly void* subtitle = NativeMemory.AllocZeroed((nuint)LibAv.Layout.Subtitle.SizeOf);
    private nint context;

    private SubtitleDecoder(nint context) => this.context = context;

    private static SubtitleLayout Fields => LibAv.Layout.Subtitle;

    /// <param name="stream">Whose packets will be decoded.</param>
    /// <exception cref="AvException">No decoder opens.</exception>
    public static SubtitleDecoder Open(AvStream stream)
    {
        nint codec = AvCodec.avcodec_find_decoder(stream.CodecId);
        nint context = codec == 0 ? 0 : AvCodec.avcodec_alloc_context3(codec);
        if (context == 0)
        {
            throw new AvException(AvError.EINVAL, "avcodec_find_decoder");
        }

        try
        {
            AvError.ThrowIfNegative(AvCodec.avcodec_parameters_to_context(context, stream.Parameters), "avcodec_parameters_to_context");
            NativeMemoryView.Write(context, LibAv.Layout.CodecContext.PktTimebase, stream.TimeBase);
            nint none = 0;
            AvError.ThrowIfNegative(AvCodec.avcodec_open2(context, codec, ref none), "avcodec_open2");
            return new(context);
        }
        catch
        {
            AvCodec.avcodec_free_context(ref context);
            throw;
        }
    }

    /// <summary>The events of a packet, each as the fields of an ASS Dialogue line after its times, as libav writes them:
    /// <c>ReadOrder,Layer,Style,Name,MarginL,MarginR,MarginV,Effect,Text</c>. Empty where the packet is damaged, is not
    /// UTF-8, or holds no text.</summary>
    public List<string> Decode(AvPacket packet)
    {
        var events = new List<string>();
        nint self = (nint)subtitle;
        int result = AvCodec.avcodec_decode_subtitle2(context, self, out int given, packet.Pointer);
        if (result == AvError.ENOMEM)
        {
            throw new AvException(result, "avcodec_decode_subtitle2");
        }

        if (result < 0 || given == 0)
        {
            return events;
        }

        int count = Math.Min(NativeMemoryView.Read<int>(self, Fields.NumRects), MaxRects);
        nint rects = NativeMemoryView.Read<nint>(self, Fields.Rects);
        for (int i = 0; i < count; i++)
        {
            nint rect = NativeMemoryView.Read<nint>(rects, i * nint.Size);
            if (NativeMemoryView.Read<int>(rect, LibAv.Layout.SubtitleRect.Type) == SUBTITLE_ASS
                && NativeMemoryView.Utf8(NativeMemoryView.Read<nint>(rect, LibAv.Layout.SubtitleRect.Ass)) is { } text)
            {
                events.Add(text);
            }
        }

        AvCodec.avsubtitle_free(self);
        return events;
    }

    public void Dispose()
    {
        if (context != 0)
        {
            NativeMemory.Free(subtitle);
        }

        AvCodec.avcodec_free_context(ref context);
    }
}
