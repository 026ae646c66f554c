using System.Numerics;
using Appliance.Samples.Pictures;

namespace Appliance.Samples.Scenes;

/// <summary>Ink in water, or silk in wind: a plane folded into itself a few times and lit from the side.</summary>
internal sealed class Silk : IScene
{
    private static readonly RgbLanes Deep = new Rgb(0.006f, 0.012f, 0.050f).Spread();
    private static readonly RgbLanes Sea = new Rgb(0.010f, 0.170f, 0.240f).Spread();
    private static readonly RgbLanes Rose = new Rgb(0.560f, 0.075f, 0.170f).Spread();
    private static readonly RgbLanes Gold = new Rgb(1.150f, 0.560f, 0.170f).Spread();

    private readonly Layer _layer;

    public Silk(int width, int height) => _layer = new Layer(width / 2, height / 2);

    public void Prepare(Moment moment)
    {
        for (int y = 0; y < _layer.Height; y++)
        {
            PrepareRow(y, (float)moment.Seconds);
        }
    }

    public void PaintRow(int y, RgbRow row)
    {
        _layer.EnlargeRow(y, row);
        row.Develop(1.5f);
    }

    private void PrepareRow(int y, float t)
    {
        RgbRow row = _layer[y];
        float unit = 1f / _layer.Height;
        var v = Lanes.All((y - (_layer.Height / 2f)) * unit);
        for (int i = 0; i < row.RedLanes.Length; i++)
        {
            var u = (Lanes.Ramp + Lanes.All((i * Lanes.Count) - (_layer.Width / 2f))) * unit;
            var (px, py) = Fold(u, v, t);
            var height = Height(px, py);
            var (rightX, rightY) = Fold(u + Lanes.All(0.004f), v, t);
            var (lowerX, lowerY) = Fold(u, v + Lanes.All(0.004f), t);
            var slopeX = (Height(rightX, rightY) - height) * 40;
            var slopeY = (Height(lowerX, lowerY) - height) * 40;
            var light = Light(px, py, height, slopeX, slopeY);
            var edge = (u * u * 0.42f) + (v * v * 0.8f);
            light *= Lanes.All(1.08f) - (edge * 0.9f);
            row.RedLanes[i] = light.R;
            row.GreenLanes[i] = light.G;
            row.BlueLanes[i] = light.B;
        }
    }

    private static (Vector<float> X, Vector<float> Y) Fold(Vector<float> u, Vector<float> v, float t)
    {
        var x = (u * 2.3f) + (v * 0.7f);
        var y = (v * 2.3f) - (u * 0.7f);
        for (int fold = 1; fold <= 4; fold++)
        {
            float size = 0.72f / fold;
            float often = 0.95f * fold;
            var before = x;
            x += Lanes.Sin((y * often) + Lanes.All((t * 0.23f) + (fold * 1.9f))) * size;
            y += Lanes.Cos((before * often) - Lanes.All((t * 0.19f) - (fold * 2.7f))) * size;
        }

        return (x, y);
    }

    private static Vector<float> Height(Vector<float> x, Vector<float> y) =>
        Lanes.Sin((x * 1.4f) + (y * 0.9f)) + (Lanes.Sin((x * 3.3f) - (y * 2.1f)) * 0.35f);

    private static RgbLanes Light(
        Vector<float> x, Vector<float> y, Vector<float> height, Vector<float> slopeX, Vector<float> slopeY)
    {
        var along = Lanes.All(0.5f) + (Lanes.Sin((x * 0.8f) - (y * 0.5f)) * 0.5f);
        var colour = RgbLanes.Mix(Deep, Sea, Lanes.Smooth(-1.1f, 0.9f, height));
        colour = RgbLanes.Mix(colour, Rose, Lanes.Smooth(0.35f, 0.95f, along));
        colour = RgbLanes.Mix(colour, Gold, Lanes.Smooth(0.72f, 1.0f, along) * Lanes.Smooth(-0.3f, 1.2f, height) * 0.9f);
        var length = Vector.SquareRoot((slopeX * slopeX) + (slopeY * slopeY) + Lanes.All(1));
        var diffuse = Lanes.Clamp01((Lanes.All(0.62f) - (slopeX * 0.52f) - (slopeY * 0.58f)) / length);
        var glance = diffuse * diffuse;
        glance *= glance;
        glance *= glance;
        var sheen = Lanes.Mix(Lanes.All(0.08f), Lanes.All(0.28f), along) * glance;
        return (colour * (Lanes.All(0.22f) + (diffuse * 1.25f))) + new RgbLanes(sheen, sheen * 0.86f, sheen * 0.8f);
    }
}
