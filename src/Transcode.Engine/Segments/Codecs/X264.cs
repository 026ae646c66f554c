using System.Runtime.Intrinsics.X86;

namespace Transcode.Engine.Segments.Codecs;

/// <summary>What every use of x264 must ask of it, and x265 with it.</summary>
internal static class X264
{
    /// <summary>Part of <c>x264-params</c> and <c>x265-params</c>. The AVX-512 code of x264's macroblock tree (core 164)
    /// reads what it did not write: one process then encodes the same pictures to different bytes, whatever its threads.
    /// AVX2 does not, and is the same on machines with AVX-512 and without.</summary>
    public static string Instructions => Avx2.IsSupported ? "asm=avx2" : "asm=auto";
}
