using Appliance.Samples.Pictures;

namespace Appliance.Samples.Scenes;

/// <summary>A rectangle of whole pixels.</summary>
internal readonly record struct Box(int X, int Y, int Width, int Height)
{
    public void FillRow(RgbRow row, int y, Rgb colour)
    {
        if (y >= Y && y < Y + Height)
        {
            row.Red.Slice(X, Width).Fill(colour.R);
            row.Green.Slice(X, Width).Fill(colour.G);
            row.Blue.Slice(X, Width).Fill(colour.B);
        }
    }
}
