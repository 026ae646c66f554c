using System.Numerics;
using Appliance.Samples.Pictures;

namespace Appliance.Samples.Scenes;

/// <summary>Northern lights over snowy mountains and a lake.</summary>
internal sealed class NorthernNight : IScene
{
    private static readonly Rgb Zenith = new(0.0030f, 0.0065f, 0.019f);
    private static readonly Rgb Horizon = new(0.016f, 0.050f, 0.075f);

    private readonly int _shore;
    private readonly StarField _stars;
    private readonly Curtains _curtains;
    private readonly Landscape _mountains;
    private readonly Forest _forest;
    private readonly Lake _lake;
    private readonly RgbRow _glow;
    private readonly RgbRow _before;

    public NorthernNight(int width, int height)
    {
        _shore = (int)(height * 0.66f) & ~1;
        _stars = new StarField(width, height, _shore);
        _curtains = new Curtains(width, height, _shore);
        _mountains = new Landscape(width, height);
        _mountains.Paint(new Mountains(), new Frustum(0, 0.3f, 0, _shore - (height * 0.012f), height * 1.15f, 7, 60, 0.0035f));
        _forest = new Forest(width, height, _shore);
        _lake = new Lake(width, height, _shore);
        _glow = new RgbRow(width);
        _before = new RgbRow(width);
    }

    public void Prepare(Moment moment)
    {
        _stars.Prepare(moment.Seconds);
        _curtains.Prepare(moment.Seconds + 40);
        _lake.Prepare(moment.Seconds);
    }

    public void PaintRow(int y, RgbRow row)
    {
        if (y >= _shore)
        {
            _lake.PaintRow(y, row);
        }
        else
        {
            PaintAbove(y, row);
            if ((y & 1) == 0)
            {
                _before.CopyFrom(row);
            }
            else
            {
                _lake.Remember(_before, row, y);
            }
        }

        row.Develop(1.75f);
    }

    private void PaintAbove(int y, RgbRow row)
    {
        float down = (float)y / _shore;
        row.Fill(Rgb.Mix(Zenith, Horizon, down * down));
        _stars.AddRow(y, row);
        _curtains.EnlargeRow(y, _glow);
        Add(_glow, row);
        _mountains.CoverRow(y, row);
        _forest.CoverRow(y, row);
    }

    private static void Add(RgbRow light, RgbRow to)
    {
        for (int i = 0; i < to.RedLanes.Length; i++)
        {
            to.RedLanes[i] += light.RedLanes[i];
            to.GreenLanes[i] += light.GreenLanes[i];
            to.BlueLanes[i] += light.BlueLanes[i];
        }
    }
}
