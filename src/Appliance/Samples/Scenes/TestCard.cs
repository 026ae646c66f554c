using System.Globalization;
using Appliance.Samples.Lettering;
using Appliance.Samples.Pictures;

namespace Appliance.Samples.Scenes;

/// <summary>The closing card: colour bars, grey steps, a wedge of fine lines, a moving dot, the time and the frame's number
/// in figures and as a strip of cells that a program can read; at some seconds a square flashes while the sound pips.</summary>
internal sealed class TestCard : IScene
{
    /// <summary>Cells of the strip: the low bits of the frame's number, the highest first, bright for one.</summary>
    public const int Bits = 16;

    private static readonly Rgb Paper = new(0.085f, 0.095f, 0.115f);
    private static readonly Rgb Ink = new(0.86f, 0.88f, 0.90f);
    private static readonly Rgb Faint = new(0.17f, 0.185f, 0.215f);

    private readonly Layer _still;
    private readonly CardLayout _layout;
    private readonly SampleTiming _timing;
    private readonly Caption[][] _digits;
    private Moment _moment;
    private int[] _clock = [];

    public TestCard(int width, int height, SampleTiming timing)
    {
        _timing = timing;
        _layout = new CardLayout(width, height);
        _still = CardPainter.Paint(_layout, Paper, Ink, Faint);
        _digits = [.. Enumerable.Range(0, CardLayout.ClockPlaces).Select(place =>
            "0123456789:".Select(digit => _layout.ClockDigit(digit, place)).ToArray())];
    }

    public void Prepare(Moment moment)
    {
        _moment = moment;
        long second = (long)moment.FilmSeconds;
        long framesBefore = _timing.FrameAt(second);
        string clock = string.Create(
            CultureInfo.InvariantCulture,
            $"{second / 60:00}:{second % 60:00}:{moment.Frame - framesBefore:00}");
        _clock = [.. clock.Select(character => character == ':' ? 10 : character - '0')];
    }

    public void PaintRow(int y, RgbRow row)
    {
        row.CopyFrom(_still[y]);
        PaintStrip(y, row);
        PaintDot(y, row);
        for (int place = 0; place < Math.Min(_clock.Length, _digits.Length); place++)
        {
            _digits[place][_clock[place]].PaintRow(row, y, Ink, 1);
        }

        if (_timing.IsFlash(_moment.Frame))
        {
            _layout.Flash.FillRow(row, y, new Rgb(1, 1, 1));
        }
    }

    private void PaintStrip(int y, RgbRow row)
    {
        for (int bit = 0; bit < Bits; bit++)
        {
            bool isSet = ((_moment.Frame >> (Bits - 1 - bit)) & 1) == 1;
            _layout.Cell(bit).FillRow(row, y, isSet ? Ink : new Rgb(0.02f, 0.02f, 0.02f));
        }
    }

    /// <summary>Once around its track every two seconds.</summary>
    private void PaintDot(int y, RgbRow row)
    {
        double turn = _moment.FilmSeconds * Math.PI;
        float x = _layout.DialX + (_layout.DialRadius * (float)Math.Sin(turn));
        float dotY = _layout.DialY - (_layout.DialRadius * (float)Math.Cos(turn));
        float radius = _layout.DialRadius * 0.13f;
        for (int i = Math.Max(0, (int)(x - radius - 1)); i <= Math.Min(row.Width - 1, (int)(x + radius + 1)); i++)
        {
            float away = MathF.Sqrt(((i + 0.5f - x) * (i + 0.5f - x)) + ((y + 0.5f - dotY) * (y + 0.5f - dotY)));
            float cover = Math.Clamp(radius - away + 0.5f, 0, 1);
            row.Red[i] += (1.0f - row.Red[i]) * cover;
            row.Green[i] += (0.72f - row.Green[i]) * cover;
            row.Blue[i] += (0.32f - row.Blue[i]) * cover;
        }
    }
}
