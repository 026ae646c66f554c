using System.Numerics;
using Appliance.Samples.Pictures;

namespace Appliance.Samples.Scenes;

/// <summary>Paints a ground as seen from a place: each column is looked along from near to far, and what rises above all
/// that is nearer is seen. Neighbouring columns are looked along together.</summary>
internal sealed class Landscape
{
    private readonly Layer _layer;
    private readonly float[] _skyline;

    public Landscape(int width, int height)
    {
        _layer = new Layer(width, height);
        _skyline = new float[RgbRow.Padded(width)];
    }

    public void Paint<TGround>(in TGround ground, Frustum eye)
        where TGround : IGround
    {
        for (int x = 0; x < _layer.Width; x += Lanes.Count)
        {
            PaintColumns(ground, eye, x);
        }
    }

    /// <summary>Lays the ground over a row of sky.</summary>
    public void CoverRow(int y, RgbRow sky)
    {
        RgbRow ground = _layer[y];
        for (int i = 0; i < sky.RedLanes.Length; i++)
        {
            var cover = Lanes.Clamp01(Lanes.All(y + 1) - new Vector<float>(_skyline, i * Lanes.Count));
            sky.RedLanes[i] = Lanes.Mix(sky.RedLanes[i], ground.RedLanes[i], cover);
            sky.GreenLanes[i] = Lanes.Mix(sky.GreenLanes[i], ground.GreenLanes[i], cover);
            sky.BlueLanes[i] = Lanes.Mix(sky.BlueLanes[i], ground.BlueLanes[i], cover);
        }
    }

    private void PaintColumns<TGround>(in TGround ground, Frustum eye, int column)
        where TGround : IGround
    {
        var ray = (Lanes.Ramp + Lanes.All(column + 0.5f - (_layer.Width / 2f))) * (1 / eye.Focal);
        var skyline = Lanes.All(_layer.Height);
        RgbLanes before = default;
        bool isFirst = true;
        for (float distance = eye.Near; distance < eye.Far; distance *= 1 + eye.Step)
        {
            var x = (ray * distance) + Lanes.All(eye.X);
            var z = Lanes.All(eye.Z + distance);
            var height = ground.Height(x, z);
            var top = Lanes.All(eye.Horizon) - ((height - Lanes.All(eye.Height)) * (eye.Focal / distance));
            if (Vector.LessThanAny(top, skyline))
            {
                var light = ground.Shade(x, z, height, distance);
                Raise(isFirst ? light : before, light, top, skyline, column);
                (before, isFirst) = (light, false);
                skyline = Vector.Min(skyline, Vector.Max(top, Vector<float>.Zero));
            }
            else
            {
                isFirst = true;
            }
        }

        skyline.CopyTo(_skyline, column);
    }

    private void Raise(RgbLanes before, RgbLanes light, Vector<float> top, Vector<float> skyline, int column)
    {
        for (int lane = 0; lane < Lanes.Count; lane++)
        {
            float end = MathF.Max(top[lane], 0);
            float start = skyline[lane];
            if (end >= start)
            {
                continue;
            }

            // The row that the nearer ground covers in part shows the farther one through the rest.
            int y = (int)start;
            float nearer = y + 1 - start;
            float scale = 1 / (start - end);
            if (start < _layer.Height)
            {
                Put(y, column + lane, light, lane, 1 - nearer);
            }

            for (y = Math.Min(y, _layer.Height) - 1; y >= (int)end; y--)
            {
                float part = Math.Clamp((start - y) * scale, 0, 1);
                Put(y, column + lane, RgbLanes.Mix(before, light, Lanes.All(part)), lane, 1);
            }
        }
    }

    private void Put(int y, int x, RgbLanes light, int lane, float amount)
    {
        RgbRow row = _layer[y];
        row.Red[x] += (light.R[lane] - row.Red[x]) * amount;
        row.Green[x] += (light.G[lane] - row.Green[x]) * amount;
        row.Blue[x] += (light.B[lane] - row.Blue[x]) * amount;
    }
}
