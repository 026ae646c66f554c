using System.Runtime.InteropServices;

namespace Transcode.Engine.Interop.LibAv;

/// <summary>AVCodecHWConfig (codec.h), the same in every family: one way a codec can use a device.</summary>
/// <param name="PixelFormat">AVPixelFormat that stands for pictures on the device.</param>
/// <param name="Methods">AV_CODEC_HW_CONFIG_METHOD_ bits.</param>
/// <param name="DeviceType">AVHWDeviceType.</param>
[StructLayout(LayoutKind.Sequential)]
internal readonly record struct AvHwConfig(int PixelFormat, int Methods, int DeviceType);
