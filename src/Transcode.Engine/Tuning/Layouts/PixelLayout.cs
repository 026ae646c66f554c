using Transcode.Engine.Interop.LibAv;

namespace Transcode.Engine.Tuning.Layouts;

/// <summary>How the samples of a picture lie: brightness in a plane of its own, and two kinds of colour in one each, or in
/// turn in one together.</summary>
/// <param name="Name">As libav has it.</param>
/// <param name="Bits">Of a sample: 8 in bytes, or 10 in 16-bit words of this machine's order.</param>
/// <param name="ColumnStep">Columns that a sample of colour stands for: 1 or 2.</param>
/// <param name="RowStep">Rows that it stands for: 1 or 2.</param>
/// <param name="IsPaired">Whether the two kinds of colour take turns in one plane.</param>
/// <param name="Shift">Empty bits below a sample in its word: 6 in P010.</param>
internal sealed record PixelLayout(string Name, int Bits, int ColumnStep, int RowStep, bool IsPaired, int Shift)
{
    /// <summary>Brightness and two of colour.</summary>
    public const int Components = 3;

    public static IReadOnlyList<PixelLayout> All { get; } =
    [
        new("yuv420p", 8, 2, 2, false, 0),
        new("yuv422p", 8, 2, 1, false, 0),
        new("yuv444p", 8, 1, 1, false, 0),
        new("nv12", 8, 2, 2, true, 0),
        .. BitConverter.IsLittleEndian
            ? new PixelLayout[]
            {
                new("yuv420p10le", 10, 2, 2, false, 0),
                new("yuv422p10le", 10, 2, 1, false, 0),
                new("yuv444p10le", 10, 1, 1, false, 0),
                new("p010le", 10, 2, 2, true, 6),
            }
            : [],
    ];

    public int SampleBytes => Bits > 8 ? 2 : 1;

    public int Planes => IsPaired ? 2 : 3;

    /// <summary>By libav's name; null where it is none of these.</summary>
    public static PixelLayout? Named(string name) => All.FirstOrDefault(layout => layout.Name == name);

    /// <summary>Samples of a component in a row.</summary>
    public int Columns(int component, int width) => component == 0 ? width : (width + ColumnStep - 1) / ColumnStep;

    /// <summary>Rows of a component, and of its plane.</summary>
    public int Rows(int component, int height) => component == 0 ? height : (height + RowStep - 1) / RowStep;

    /// <summary>Bytes of a plane's row that are samples.</summary>
    public int RowBytes(int plane, int width) => Columns(plane, width) * SampleBytes * (IsPaired && plane > 0 ? 2 : 1);

    /// <summary>The plane that a component lies in.</summary>
    public int PlaneOf(int component) => IsPaired && component == 2 ? 1 : component;

    /// <summary>Samples before a component's first in a row.</summary>
    public int FirstOf(int component) => IsPaired && component == 2 ? 1 : 0;

    /// <summary>Samples from one of a component to its next.</summary>
    public int StepOf(int component) => IsPaired && component > 0 ? 2 : 1;

    /// <summary>Memory for pictures of a size.</summary>
    public PicturePool NewPool(int width, int height) => new(
        width, height, AvUtil.av_get_pix_fmt(Name), Enumerable.Range(0, Planes).Select(plane => (RowBytes(plane, width), Rows(plane, height))));
}
