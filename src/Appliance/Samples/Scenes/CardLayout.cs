using Appliance.Samples.Lettering;

namespace Appliance.Samples.Scenes;

/// <summary>Where things are on the closing card, for any size of picture.</summary>
internal sealed class CardLayout(int width, int height)
{
    private const float ClockSpacing = 0.42f;

    public int Width { get; } = width;

    public int Height { get; } = height;

    /// <summary>Places of <c>mm:ss:ff</c>.</summary>
    public const int ClockPlaces = 8;

    /// <summary>The field that holds bars, steps and wedge; all else is margin.</summary>
    public Box Field => new(At(0.11f, Width), At(0.15f, Height), At(0.78f, Width), At(0.70f, Height));

    public Box Bars => new(Field.X, Field.Y, Field.Width, At(0.47f, Field.Height));

    public Box Steps => new(Field.X, Bars.Y + Bars.Height + Gap, At(0.62f, Field.Width), At(0.12f, Field.Height));

    public Box Wedge => new(Field.X, Steps.Y + Steps.Height + Gap, Steps.Width, At(0.20f, Field.Height));

    /// <summary>The square that flashes.</summary>
    public Box Flash
    {
        get
        {
            int side = At(0.055f, Height);
            return new(Field.X + Field.Width - side, Field.Y + Field.Height - side - StripHeight - Gap, side, side);
        }
    }

    public int StripHeight => Math.Max(4, At(0.030f, Height) & ~1);

    public float DialRadius => Height * 0.095f;

    public float DialX => Field.X + Field.Width - (DialRadius * 1.25f) - At(0.06f, Width);

    public float DialY => Steps.Y + (DialRadius * 1.2f);

    public int Gap => Math.Max(2, At(0.018f, Height));

    /// <summary>A cell of the strip of bits along the bottom of the field; 0 is the leftmost.</summary>
    public Box Cell(int bit)
    {
        int side = Field.Width / TestCard.Bits;
        return new(Field.X + (bit * side), Field.Y + Field.Height - StripHeight, side, StripHeight);
    }

    public Caption ClockDigit(char digit, int place)
    {
        float size = Height * 0.034f;
        float left = Width / 2f - (Caption.LengthOf("00:00:00", size, ClockSpacing) / 2);
        left += Caption.LengthOf("00:00:00"[..place] + " ", size, ClockSpacing) - (Alphabet.Of(' ').Width * size);
        return new(digit.ToString(), left, At(0.935f, Height), size, MathF.Max(1.1f, Height / 400f), ClockSpacing);
    }

    private static int At(float part, int of) => (int)MathF.Round(part * of);
}
