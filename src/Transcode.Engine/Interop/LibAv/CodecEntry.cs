namespace Transcode.Engine.Interop.LibAv;

/// <summary>A codec compiled into this libav.</summary>
/// <param name="Name">libav's name of it, as <c>h264_vaapi</c>.</param>
/// <param name="Format">libav's name of what it codes, as <c>h264</c>.</param>
/// <param name="IsEncoder">Else it is a decoder.</param>
/// <param name="IsHardware">Whether it is of use with a device only.</param>
/// <param name="Devices">libav's names of kinds of devices that it can be given.</param>
internal sealed record CodecEntry(string Name, string Format, bool IsEncoder, bool IsHardware, IReadOnlyList<string> Devices)
{
    /// <summary>All there are, of pictures, but experimental ones.</summary>
    public static IReadOnlyList<CodecEntry> All()
    {
        CodecLayout fields = LibAv.Load().Codec;
        var found = new List<CodecEntry>();
        nint place = 0;
        for (nint codec = AvCodec.av_codec_iterate(ref place); codec != 0; codec = AvCodec.av_codec_iterate(ref place))
        {
            int capabilities = NativeMemoryView.Read<int>(codec, fields.Capabilities);
            if (NativeMemoryView.Read<int>(codec, fields.Type) == AvUtil.AVMEDIA_TYPE_VIDEO && (capabilities & AvCodec.AV_CODEC_CAP_EXPERIMENTAL) == 0)
            {
                found.Add(new(
                    NativeMemoryView.Utf8(NativeMemoryView.Read<nint>(codec, fields.Name)) ?? "",
                    NativeMemoryView.Utf8(AvCodec.avcodec_get_name(NativeMemoryView.Read<int>(codec, fields.Id))) ?? "",
                    AvCodec.av_codec_is_encoder(codec) != 0,
                    (capabilities & (AvCodec.AV_CODEC_CAP_HARDWARE | AvCodec.AV_CODEC_CAP_HYBRID)) != 0,
                    DevicesOf(codec)));
            }
        }

        return found;
    }

    private static string[] DevicesOf(nint codec)
    {
        var devices = new List<string>();
        nint config = AvCodec.avcodec_get_hw_config(codec, 0);
        for (int i = 1; config != 0; config = AvCodec.avcodec_get_hw_config(codec, i++))
        {
            AvHwConfig way = NativeMemoryView.Read<AvHwConfig>(config, 0);
            if ((way.Methods & AvCodec.AV_CODEC_HW_CONFIG_METHOD_HW_DEVICE_CTX) != 0
                && NativeMemoryView.Utf8(AvHardware.av_hwdevice_get_type_name(way.DeviceType)) is { } name)
            {
                devices.Add(name);
            }
        }

        return [.. devices.Distinct()];
    }
}
