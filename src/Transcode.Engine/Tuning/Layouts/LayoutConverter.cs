using System.Runtime.Intrinsics;
using Transcode.Engine.Tuning.Scaling;
using Transcode.Engine.Tuning.Vectors;

namespace Transcode.Engine.Tuning.Layouts;

/// <summary>Lays the samples of pictures out in another way: planes or pairs, 8 bits or 10, low in their words or high. Pictures
/// keep their size and how much of colour they have.</summary>
/// <remarks>
/// From 8 bits to 10: t = 4·s, which is what a code value of 8 bits means in 10 where range is limited (ITU-T H.273, equations
/// 20 to 22). From 10 to 8: t = min(255, s / 4 rounded), of two that are as near the even one, as zimg has it without dither, so
/// that the mean stays: where a picture is scaled down in depth on its
/// way to an eye, <see cref="PlanePlan"/> has one. In words with empty bits below, these are written as 0 and not looked at.
/// </remarks>
internal abstract class LayoutConverter(PixelLayout source, PixelLayout target)
{
    /// <summary>What this machine does fastest: these are moved as fast as memory is with 32 bytes at a time.</summary>
    public static LaneWidth Widest => Lanes256.IsSupported ? LaneWidth.Two : Vector128.IsHardwareAccelerated ? LaneWidth.One : LaneWidth.None;

    /// <summary>Every way this machine has.</summary>
    public static IEnumerable<LaneWidth> Widths => Lanes256.IsSupported
        ? [LaneWidth.None, LaneWidth.Plain, LaneWidth.One, LaneWidth.Two]
        : [LaneWidth.None, LaneWidth.Plain, LaneWidth.One];

    protected PixelLayout Source { get; } = source;

    protected PixelLayout Target { get; } = target;

    /// <summary>Whether the one can be laid out as the other.</summary>
    public static bool Knows(PixelLayout source, PixelLayout target) =>
        source.ColumnStep == target.ColumnStep && source.RowStep == target.RowStep;

    /// <param name="source">Of the pictures.</param>
    /// <param name="target">Of what is made of them.</param>
    /// <param name="width">How to compute; the bytes are the same.</param>
    /// <exception cref="NotSupportedException">One has more samples of colour than the other.</exception>
    public static LayoutConverter For(PixelLayout source, PixelLayout target, LaneWidth width) =>
        !Knows(source, target) ? throw new NotSupportedException($"{source.Name} cannot be laid out as {target.Name}.")
        : width switch
        {
            LaneWidth.None => new ScalarLayout(source, target),
            LaneWidth.Plain => new VectorLayout<Lanes128<Instructions.Plain>, Vector128<ushort>>(source, target),
            LaneWidth.One => new VectorLayout<Lanes128<Instructions.Own>, Vector128<ushort>>(source, target),
            _ => new VectorLayout<Lanes256, Vector256<ushort>>(source, target),
        };

    /// <param name="from">Of the source's layout.</param>
    /// <param name="to">Of the target's layout and of the same size; not the same memory. What lies between its rows is left.</param>
    /// <exception cref="ArgumentException">They are not.</exception>
    public void Convert(PictureView from, PictureView to)
    {
        if (from.Layout != Source || to.Layout != Target || (from.Width, from.Height) != (to.Width, to.Height))
        {
            throw new ArgumentException($"This lays {Source.Name} out as {Target.Name} in the same size.");
        }

        for (int component = 0; component < (Source.IsPaired || Target.IsPaired ? 2 : PixelLayout.Components); component++)
        {
            Component(component, from, to);
        }
    }

    /// <summary>Makes one component; with colour's first also its second, where source or target has them in pairs.</summary>
    protected abstract void Component(int component, PictureView from, PictureView to);
}
