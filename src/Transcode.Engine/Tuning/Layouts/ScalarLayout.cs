using System.Runtime.InteropServices;

namespace Transcode.Engine.Tuning.Layouts;

/// <summary>The conversions as they are written down: what every other way is measured against.</summary>
internal sealed class ScalarLayout(PixelLayout source, PixelLayout target) : LayoutConverter(source, target)
{
    /// <summary>As <see cref="LayoutConverter.Component"/>, for the other ways.</summary>
    public void OneOrBoth(int component, PictureView from, PictureView to)
    {
        One(component, from, to);
        if (component == 1 && (Source.IsPaired || Target.IsPaired))
        {
            One(2, from, to);
        }
    }

    protected override void Component(int component, PictureView from, PictureView to) => OneOrBoth(component, from, to);

    private void One(int component, PictureView from, PictureView to)
    {
        int columns = Source.Columns(component, from.Width);
        for (int y = 0; y < Source.Rows(component, from.Height); y++)
        {
            Span<byte> fromRow = from.Plane(Source.PlaneOf(component))[(y * from.Pitch(Source.PlaneOf(component)))..];
            Span<byte> toRow = to.Plane(Target.PlaneOf(component))[(y * to.Pitch(Target.PlaneOf(component)))..];
            for (int x = 0; x < columns; x++)
            {
                int fromAt = Source.FirstOf(component) + (x * Source.StepOf(component));
                int toAt = Target.FirstOf(component) + (x * Target.StepOf(component));
                int sample = Source.SampleBytes == 1 ? fromRow[fromAt] : MemoryMarshal.Cast<byte, ushort>(fromRow)[fromAt] >> Source.Shift;
                sample = Source.Bits < Target.Bits ? sample << 2
                    : Source.Bits > Target.Bits ? Math.Min(byte.MaxValue, (sample + 1 + ((sample >> 2) & 1)) >> 2)
                    : sample;
                if (Target.SampleBytes == 1)
                {
                    toRow[toAt] = (byte)sample;
                }
                else
                {
                    MemoryMarshal.Cast<byte, ushort>(toRow)[toAt] = (ushort)(sample << Target.Shift);
                }
            }
        }
    }
}
