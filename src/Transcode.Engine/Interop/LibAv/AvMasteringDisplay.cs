using System.Runtime.InteropServices;

namespace Transcode.Engine.Interop.LibAv;

/// <summary>AVMasteringDisplayMetadata (mastering_display_metadata.h), unchanged from 5.1 to 9.0: chromaticities as CIE 1931
/// x and y, luminances in candelas a square metre.</summary>
[StructLayout(LayoutKind.Sequential)]
internal struct AvMasteringDisplay
{
    public AvRational RedX;
    public AvRational RedY;
    public AvRational GreenX;
    public AvRational GreenY;
    public AvRational BlueX;
    public AvRational BlueY;
    public AvRational WhiteX;
    public AvRational WhiteY;
    public AvRational MinLuminance;
    public AvRational MaxLuminance;
    public int HasPrimaries;
    public int HasLuminance;
}
