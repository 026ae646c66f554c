using System.Runtime.InteropServices;

namespace Transcode.Engine.Interop.LibAv;

/// <summary>AVRegionOfInterest: a rectangle of a picture, and what is added to its quantizer.</summary>
/// <param name="Size">Of this struct, in bytes.</param>
/// <param name="Top">In pixels, as the other edges; the last two are beyond the rectangle.</param>
/// <param name="QuantizerOffset">−1 to 1, as a share of the codec's whole range.</param>
[StructLayout(LayoutKind.Sequential)]
internal readonly record struct AvRegionOfInterest(uint Size, int Top, int Bottom, int Left, int Right, AvRational QuantizerOffset);
