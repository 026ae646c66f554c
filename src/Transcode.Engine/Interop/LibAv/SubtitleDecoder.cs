using System.Runtime.InteropServices;

namespace Transcode.Engine.Interop.LibAv;

/// <summary>A decoder of subtitles we own. libav turns every codec of words into events of one kind, ASS, and every codec of
/// pictures into indexed pixels on a canvas.</summary>
internal sealed unsafe class SubtitleDecoder : IDisposable
{
    private const int SUBTITLE_BITMAP = 1;
    private const int SUBTITLE_ASS = 3;

    /// <summary>Rectangles taken of one packet: text decoders give one, discs and broadcasts a few.</summary>
    private const int MaxRects = 64;

    /// <summary>The longest side of a canvas, in pixels.</summary>
    private const int MaxSide = 8192;

    /// <summary>Pixels of one packet's rectangles together: a whole picture of 3840×2160.</summary>
    private const int MaxPixels = 3840 * 2160;

    /// <summary>A palette as libav allocates it (AVPALETTE_COUNT).</summary>
    private const int PaletteColors = 256;

    private readonly void* subtitle = NativeMemory.AllocZeroed((nuint)LibAv.Layout.Subtitle.SizeOf);
    private nint context;

    private SubtitleDecoder(nint context) => this.context = context;

    private static SubtitleLayout Fields => LibAv.Layout.Subtitle;

    /// <param name="stream">Whose packets will be decoded.</param>
    /// <exception cref="AvException">No decoder opens.</exception>
    public static SubtitleDecoder Open(AvStream stream) => Open(stream.CodecId, stream.TimeBase, stream.Parameters);

    /// <summary>A decoder of CEA-608 captions, wherever they lie.</summary>
    /// <param name="timeBase">Of the packets' times.</param>
    /// <exception cref="AvException">No decoder opens.</exception>
    public static SubtitleDecoder OpenCaptions(AvRational timeBase)
    {
        LibAv.Load();
        return Open(LibAv.Layout.CodecIds.Eia608, timeBase, parameters: 0);
    }

    private static SubtitleDecoder Open(int codecId, AvRational timeBase, nint parameters)
    {
        nint codec = AvCodec.avcodec_find_decoder(codecId);
        nint context = codec == 0 ? 0 : AvCodec.avcodec_alloc_context3(codec);
        if (context == 0)
        {
            throw new AvException(AvError.EINVAL, "avcodec_find_decoder");
        }

        try
        {
            if (parameters != 0)
            {
                AvError.ThrowIfNegative(AvCodec.avcodec_parameters_to_context(context, parameters), "avcodec_parameters_to_context");
            }

            NativeMemoryView.Write(context, LibAv.Layout.CodecContext.PktTimebase, timeBase);
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
    public List<string> Decode(AvPacket packet) => [.. DecodeTimed(packet).Select(shown => shown.Dialogue)];

    /// <summary>The same with the times that the decoder gives them: one that remembers what went before tells of what was
    /// shown until the packet's time. An empty packet asks for what it still holds.</summary>
    public List<AvSubtitleEvent> DecodeTimed(AvPacket packet)
    {
        var events = new List<AvSubtitleEvent>();
        if (!TryDecode(packet))
        {
            return events;
        }

        nint self = (nint)subtitle;
        long pts = NativeMemoryView.Read<long>(self, Fields.Pts);
        long? time = pts == AvUtil.AV_NOPTS_VALUE ? null : pts;
        foreach (nint rect in Rects(SUBTITLE_ASS))
        {
            if (NativeMemoryView.Utf8(NativeMemoryView.Read<nint>(rect, LibAv.Layout.SubtitleRect.Ass)) is { } text)
            {
                events.Add(new(time, NativeMemoryView.Read<uint>(self, Fields.EndDisplayTime), text));
            }
        }

        AvCodec.avsubtitle_free(self);
        return events;
    }

    /// <summary>What a packet has shown from its time on, in place of all before; null where it shows nothing new. Packets must
    /// come in the container's order: a decoder remembers palettes and shapes.</summary>
    public AvSubtitleImage? DecodeImage(AvPacket packet)
    {
        if (!TryDecode(packet))
        {
            return null;
        }

        var parts = new List<AvSubtitlePart>();
        int left = MaxPixels;
        foreach (nint rect in Rects(SUBTITLE_BITMAP))
        {
            if (PartOf(rect, left) is { } part)
            {
                parts.Add(part);
                left -= part.Pixels.Length;
            }
        }

        nint self = (nint)subtitle;
        long pts = NativeMemoryView.Read<long>(self, Fields.Pts);
        var image = new AvSubtitleImage(
            pts == AvUtil.AV_NOPTS_VALUE ? null : pts,
            NativeMemoryView.Read<uint>(self, Fields.StartDisplayTime),
            NativeMemoryView.Read<uint>(self, Fields.EndDisplayTime),
            Math.Clamp(NativeMemoryView.Read<int>(context, LibAv.Layout.CodecContext.Width), 0, MaxSide),
            Math.Clamp(NativeMemoryView.Read<int>(context, LibAv.Layout.CodecContext.Height), 0, MaxSide),
            parts);
        AvCodec.avsubtitle_free(self);
        return image;
    }

    /// <returns>Whether there is something in <see cref="subtitle"/>, which then has to be freed.</returns>
    private bool TryDecode(AvPacket packet)
    {
        int result = AvCodec.avcodec_decode_subtitle2(context, (nint)subtitle, out int given, packet.Pointer);
        return result == AvError.ENOMEM ? throw new AvException(result, "avcodec_decode_subtitle2") : result >= 0 && given != 0;
    }

    private List<nint> Rects(int type)
    {
        int count = Math.Min(NativeMemoryView.Read<int>((nint)subtitle, Fields.NumRects), MaxRects);
        nint rects = NativeMemoryView.Read<nint>((nint)subtitle, Fields.Rects);
        return [.. Enumerable.Range(0, count)
            .Select(place => NativeMemoryView.Read<nint>(rects, place * nint.Size))
            .Where(rect => NativeMemoryView.Read<int>(rect, LibAv.Layout.SubtitleRect.Type) == type)];
    }

    /// <param name="rect">A rectangle of indexed pixels.</param>
    /// <param name="maxPixels">Of a larger one nothing is taken.</param>
    private static AvSubtitlePart? PartOf(nint rect, int maxPixels)
    {
        SubtitleRectLayout fields = LibAv.Layout.SubtitleRect;
        int width = NativeMemoryView.Read<int>(rect, fields.W);
        int height = NativeMemoryView.Read<int>(rect, fields.H);
        int stride = NativeMemoryView.Read<int>(rect, fields.Linesize);
        nint indices = NativeMemoryView.Read<nint>(rect, fields.Data);
        nint colors = NativeMemoryView.Read<nint>(rect, fields.Data + nint.Size);
        if (width is < 1 or > MaxSide || height is < 1 or > MaxSide || stride < width || indices == 0 || colors == 0
            || (long)width * height > maxPixels)
        {
            return null;
        }

        ReadOnlySpan<uint> palette = MemoryMarshal.Cast<byte, uint>(NativeMemoryView.Bytes(colors, PaletteColors * sizeof(uint)));
        uint[] pixels = new uint[width * height];
        for (int y = 0; y < height; y++)
        {
            ReadOnlySpan<byte> row = NativeMemoryView.Bytes(indices + ((nint)y * stride), width);
            for (int x = 0; x < width; x++)
            {
                pixels[(y * width) + x] = palette[row[x]];
            }
        }

        return new(NativeMemoryView.Read<int>(rect, fields.X), NativeMemoryView.Read<int>(rect, fields.Y), width, height, pixels);
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
