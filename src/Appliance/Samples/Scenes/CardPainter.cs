using Appliance.Samples.Lettering;
using Appliance.Samples.Pictures;

namespace Appliance.Samples.Scenes;

/// <summary>Draws what does not move on the closing card.</summary>
internal static class CardPainter
{
    // The bars of EBU Tech 3325 and SMPTE EG 1: three quarters, from the brightest to the darkest.
    private static readonly Rgb[] BarColours =
    [
        new(0.75f, 0.75f, 0.75f), new(0.75f, 0.75f, 0), new(0, 0.75f, 0.75f), new(0, 0.75f, 0),
        new(0.75f, 0, 0.75f), new(0.75f, 0, 0), new(0, 0, 0.75f),
    ];

    public static Layer Paint(CardLayout layout, Rgb paper, Rgb ink, Rgb faint)
    {
        var layer = new Layer(layout.Width, layout.Height);
        var title = new Caption(
            "Appliance", layout.Width / 2f, (int)(layout.Height * 0.105f), layout.Height * 0.030f, Pen(layout), 0.55f, isCentred: true);
        for (int y = 0; y < layout.Height; y++)
        {
            RgbRow row = layer[y];
            row.Fill(paper);
            PaintGrid(layout, row, y, faint);
            PaintBars(layout.Bars, row, y);
            PaintSteps(layout.Steps, row, y);
            PaintWedge(layout.Wedge, row, y);
            PaintDial(layout, row, y, ink);
            title.PaintRow(row, y, ink, 1);
        }

        return layer;
    }

    private static float Pen(CardLayout layout) => MathF.Max(1.1f, layout.Height / 400f);

    private static void PaintGrid(CardLayout layout, RgbRow row, int y, Rgb faint)
    {
        int pitch = Math.Max(8, layout.Height / 18);
        if ((y + (pitch / 2)) % pitch == 0)
        {
            new Box(0, y, layout.Width, 1).FillRow(row, y, faint);
        }

        for (int x = (layout.Width / 2) % pitch; x < layout.Width; x += pitch)
        {
            new Box(x, y, 1, 1).FillRow(row, y, faint);
        }

        Box field = layout.Field;
        new Box(field.X - layout.Gap, field.Y - layout.Gap, field.Width + (2 * layout.Gap), field.Height + (2 * layout.Gap))
            .FillRow(row, y, new Rgb(0.055f, 0.062f, 0.076f));
    }

    private static void PaintBars(Box box, RgbRow row, int y)
    {
        for (int bar = 0; bar < BarColours.Length; bar++)
        {
            int left = box.Width * bar / BarColours.Length;
            int right = box.Width * (bar + 1) / BarColours.Length;
            new Box(box.X + left, box.Y, right - left, box.Height).FillRow(row, y, BarColours[bar]);
        }
    }

    private static void PaintSteps(Box box, RgbRow row, int y)
    {
        const int Count = 11;
        for (int step = 0; step < Count; step++)
        {
            int left = box.Width * step / Count;
            int right = box.Width * (step + 1) / Count;
            float grey = step / (Count - 1f);
            new Box(box.X + left, box.Y, right - left, box.Height).FillRow(row, y, new Rgb(grey, grey, grey));
        }
    }

    /// <summary>Upright lines, from one in twelve pixels on the left to one in two on the right: what a scaler keeps of
    /// them is the resolution it has.</summary>
    private static void PaintWedge(Box box, RgbRow row, int y)
    {
        if (y < box.Y || y >= box.Y + box.Height)
        {
            return;
        }

        float phase = 0;
        for (int x = 0; x < box.Width; x++)
        {
            float frequency = float.Lerp(1 / 12f, 1 / 2f, x / (float)box.Width);
            float value = 0.5f + (0.42f * MathF.Cos(phase * MathF.Tau));
            phase += frequency;
            row.Red[box.X + x] = row.Green[box.X + x] = row.Blue[box.X + x] = value;
        }
    }

    private static void PaintDial(CardLayout layout, RgbRow row, int y, Rgb ink)
    {
        float dy = y + 0.5f - layout.DialY;
        float pen = Pen(layout) / 2;
        for (int x = (int)(layout.DialX - layout.DialRadius - 3); x < layout.DialX + layout.DialRadius + 3; x++)
        {
            float dx = x + 0.5f - layout.DialX;
            float ring = MathF.Abs(MathF.Sqrt((dx * dx) + (dy * dy)) - layout.DialRadius);
            float tick = MathF.Min(
                MathF.Max(MathF.Abs(dx), MathF.Abs(dy) - (layout.DialRadius * 0.1f)),
                MathF.Max(MathF.Abs(dy), MathF.Abs(dx) - (layout.DialRadius * 0.1f)));
            float cover = Math.Clamp(pen - MathF.Min(ring, tick) + 0.5f, 0, 1) * 0.55f;
            row.Red[x] += (ink.R - row.Red[x]) * cover;
            row.Green[x] += (ink.G - row.Green[x]) * cover;
            row.Blue[x] += (ink.B - row.Blue[x]) * cover;
        }
    }
}
