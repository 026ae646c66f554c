using Transcode.Engine.Tuning.Planes;

namespace Transcode.Engine.Tuning.ToneMapping;

/// <summary>A source picture's planes: 4:2:0 of 10 bits in 16-bit words of this machine's order, sides rounded up for colour.</summary>
internal readonly ref struct HdrPicture(PlaneView luma, PlaneView cb, PlaneView cr, int width, int height)
{
    public PlaneView Luma { get; } = luma;

    public PlaneView Cb { get; } = cb;

    public PlaneView Cr { get; } = cr;

    public int Width { get; } = width;

    public int Height { get; } = height;

    /// <exception cref="ArgumentException">A plane is too small for its rows.</exception>
    public void Check()
    {
        Luma.Check(Width * sizeof(ushort), Height, nameof(Luma));
        Cb.Check((Width + 1) / 2 * sizeof(ushort), (Height + 1) / 2, nameof(Cb));
        Cr.Check((Width + 1) / 2 * sizeof(ushort), (Height + 1) / 2, nameof(Cr));
    }
}
