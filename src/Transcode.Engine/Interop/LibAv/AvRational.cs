using System.Runtime.InteropServices;

namespace Transcode.Engine.Interop.LibAv;

/// <summary>libavutil/rational.h. Unknown values are written 0/1 or 0/0 there.</summary>
[StructLayout(LayoutKind.Sequential)]
internal readonly record struct AvRational(int Num, int Den)
{
    /// <summary>Whether it is a positive fraction.</summary>
    public bool IsKnown => Num > 0 && Den > 0;
}
