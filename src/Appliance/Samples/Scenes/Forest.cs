using Appliance.Samples.Pictures;

namespace Appliance.Samples.Scenes;

/// <summary>The black firs along a shore, drawn once.</summary>
internal sealed class Forest
{
    private readonly float[] _cover;
    private readonly int _stride;
    private readonly int _top;
    private readonly int _bottom;

    /// <param name="width">Of the picture.</param>
    /// <param name="height">Of the picture.</param>
    /// <param name="shore">The row the trees stand on.</param>
    public Forest(int width, int height, int shore)
    {
        _stride = RgbRow.Padded(width);
        _bottom = shore;
        _top = Math.Max(0, shore - (height / 8));
        _cover = new float[_stride * (_bottom - _top)];
        int count = 170 * width / height;
        for (int tree = 0; tree < count; tree++)
        {
            float place = (tree + Noise.At(tree, 31)) / count;

            // The wood is tall at the picture's sides and leaves the view open between.
            float side = MathF.Abs(place - 0.46f) * 2;
            float grove = 0.012f + (0.062f * Lanes.Smooth(0.30f, 1.0f, side)) + (0.008f * Noise.At(place * 9, 0.5f));
            Plant(place * width, height * grove * (0.55f + (0.6f * Noise.At(tree, 32))), tree);
        }
    }

    public void CoverRow(int y, RgbRow row)
    {
        if (y < _top || y >= _bottom)
        {
            return;
        }

        ReadOnlySpan<float> cover = _cover.AsSpan((y - _top) * _stride, _stride);
        Span<float> red = row.Red;
        Span<float> green = row.Green;
        Span<float> blue = row.Blue;
        for (int x = 0; x < row.Width; x++)
        {
            float rest = 1 - cover[x];
            red[x] = (red[x] * rest) + (0.0020f * cover[x]);
            green[x] = (green[x] * rest) + (0.0042f * cover[x]);
            blue[x] = (blue[x] * rest) + (0.0060f * cover[x]);
        }
    }

    private void Plant(float x, float size, int tree)
    {
        for (int y = Math.Max(_top, (int)(_bottom - size)); y < _bottom; y++)
        {
            float down = (y + 0.5f - (_bottom - size)) / size;
            float branch = (down * (7 + (3 * Noise.At(tree, 33)))) % 1;
            float half = size * 0.17f * down * (0.55f + (0.45f * branch)) + 0.35f;
            int end = Math.Min(_stride - 1, (int)(x + half + 1));
            for (int i = Math.Max(0, (int)(x - half - 1)); i <= end; i++)
            {
                ref float cover = ref _cover[((y - _top) * _stride) + i];
                cover = MathF.Max(cover, Math.Clamp(half - MathF.Abs(i + 0.5f - x) + 0.5f, 0, 1));
            }
        }
    }
}
