using Appliance.Samples.Pictures;
using Appliance.Samples.Scenes;

namespace Appliance.Samples;

/// <summary>The pictures of the sample film: each a pure function of the options and its number. One object paints one
/// picture at a time; several paint side by side, and paint the same.</summary>
internal sealed class SampleFilm
{
    private const double FadeSeconds = 1.4;

    private readonly SampleTiming _timing;
    private readonly Titles _titles;
    private readonly Printer _printer;
    private readonly IScene[] _scenes;
    private readonly double[] _starts;
    private readonly RgbRow _upper;
    private readonly RgbRow _lower;
    private readonly RgbRow _other;
    private readonly double _fade;

    public SampleFilm(SampleOptions options, SampleTiming timing)
    {
        var (width, height) = (options.Width, options.Height);
        _timing = timing;
        _titles = new Titles(width, height);
        _printer = new Printer(width);
        _upper = new RgbRow(width);
        _lower = new RgbRow(width);
        _other = new RgbRow(width);
        var card = new TestCard(width, height, timing);
        _scenes = options.IsCardOnly
            ? [card]
            : [new NorthernNight(width, height), new Silk(width, height), new Lights(width, height), new Dunes(width, height), card];
        double unit = timing.CardStart;
        _starts = options.IsCardOnly ? [0] : [0, unit * 0.31, unit * 0.53, unit * 0.75, unit];
        _fade = Math.Min(FadeSeconds, unit * 0.15);
        HasTitles = !options.IsCardOnly;
    }

    private bool HasTitles { get; }

    /// <summary>Paints frame <paramref name="frame"/>.</summary>
    /// <param name="frame">0 to the film's frame count − 1.</param>
    /// <param name="picture">Overwritten.</param>
    public void Paint(int frame, Picture picture)
    {
        double seconds = _timing.SecondsOf(frame);
        int scene = Array.FindLastIndex(_starts, start => start <= seconds);
        float dissolve = scene + 1 < _scenes.Length && _fade > 0
            ? Lanes.Smooth((float)(_starts[scene + 1] - _fade), (float)_starts[scene + 1], (float)seconds)
            : 0;
        Prepare(scene, frame, seconds);
        if (dissolve > 0)
        {
            Prepare(scene + 1, frame, seconds);
        }

        // The film rises from black, and its closing card does not sink: it is there to be measured.
        float light = HasTitles ? Lanes.Smooth(0, 1.2f, (float)seconds + 0.12f) : 1;
        for (int y = 0; y < picture.Height; y += 2)
        {
            PaintRow(scene, dissolve, y, seconds, light, _upper);
            PaintRow(scene, dissolve, y + 1, seconds, light, _lower);
            _printer.PrintRows(_upper, _lower, y, picture, frame);
        }
    }

    private void Prepare(int scene, int frame, double seconds) =>
        _scenes[scene].Prepare(new Moment(frame, seconds, seconds - _starts[scene] + _fade));

    private void PaintRow(int scene, float dissolve, int y, double seconds, float light, RgbRow row)
    {
        _scenes[scene].PaintRow(y, row);
        if (HasTitles)
        {
            _titles.PaintRow(row, y, seconds);
        }

        if (dissolve > 0)
        {
            _scenes[scene + 1].PaintRow(y, _other);
            row.Dissolve(_other, dissolve);
        }

        if (light < 1)
        {
            row.Dim(light);
        }
    }
}
