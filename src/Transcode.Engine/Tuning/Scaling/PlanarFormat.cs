namespace Transcode.Engine.Tuning.Scaling;

/// <summary>How a picture of three planes lies in memory.</summary>
/// <param name="Bits">Of a sample: 8, or more in 16-bit words of this machine's order; the scaler knows 8 and 10.</param>
/// <param name="ColumnStep">Columns that a sample of colour stands for; the scaler knows 1 and 2.</param>
/// <param name="RowStep">Rows that it stands for, likewise.</param>
internal sealed record PlanarFormat(int Bits, int ColumnStep, int RowStep)
{
    public const int Planes = 3;

    /// <summary>By libav's name; null where the scaler does not know it. Full-range formats have other names.</summary>
    public static PlanarFormat? Named(string name) => name switch
    {
        "yuv420p" => new(8, 2, 2),
        "yuv422p" => new(8, 2, 1),
        "yuv444p" => new(8, 1, 1),
        "yuv420p10le" when BitConverter.IsLittleEndian => new(10, 2, 2),
        "yuv422p10le" when BitConverter.IsLittleEndian => new(10, 2, 1),
        "yuv444p10le" when BitConverter.IsLittleEndian => new(10, 1, 1),
        _ => null,
    };

    /// <summary>Rows of a plane.</summary>
    public int Rows(int plane, int height) => plane == 0 ? height : (height + RowStep - 1) / RowStep;

    /// <summary>The colour's columns.</summary>
    public Raster Across(int width, ChromaSiting siting) => Axis(width, ColumnStep, siting.Across);

    /// <summary>The colour's rows.</summary>
    public Raster Down(int height, ChromaSiting siting) => Axis(height, RowStep, siting.Down);

    private static Raster Axis(int pixels, int step, double first) =>
        step == 1 ? Raster.Full(pixels) : new((pixels + 1) / 2, step, first);
}
