namespace Appliance.Samples.Pictures;

/// <summary>One finished picture: planar YUV 4:2:0, 8 bits, limited range, BT.709 (ITU-R BT.709-6, section 4).</summary>
internal sealed class Picture
{
    /// <param name="width">In pixels, even.</param>
    /// <param name="height">In pixels, even.</param>
    public Picture(int width, int height)
    {
        Width = width;
        Height = height;
        Luma = new byte[width * height];
        BlueDifference = new byte[width * height / 4];
        RedDifference = new byte[width * height / 4];
    }

    public int Width { get; }

    public int Height { get; }

    /// <summary><see cref="Width"/> bytes a row, without padding.</summary>
    public byte[] Luma { get; }

    /// <summary>Half as many bytes a row, half as many rows.</summary>
    public byte[] BlueDifference { get; }

    /// <summary>As <see cref="BlueDifference"/>.</summary>
    public byte[] RedDifference { get; }
}
