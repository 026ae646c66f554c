using System.Runtime.InteropServices;

namespace Transcode.Engine.Interop.LibAv;

/// <summary>AVContentLightMetadata (mastering_display_metadata.h), unchanged from 5.1 to 9.0: candelas a square metre.</summary>
[StructLayout(LayoutKind.Sequential)]
internal struct AvContentLight
{
    public uint MaxCll;
    public uint MaxFall;
}
