using static Appliance.Samples.Lettering.Stroke;

namespace Appliance.Samples.Lettering;

/// <summary>The letters the film writes: a thin geometric hand of circles and straight lines.</summary>
internal static class Alphabet
{
    /// <summary>The strokes of a character, and its width in heights of x.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The film has no such letter.</exception>
    public static (float Width, Stroke[] Strokes) Of(char character) => character switch
    {
        ' ' => (0.45f, []),
        'A' => (1.24f, [Line(0, 0, 0.62f, 1.55f), Line(0.62f, 1.55f, 1.24f, 0), Line(0.22f, 0.55f, 1.02f, 0.55f)]),
        'a' => (1, [Circle(0.5f, 0.5f, 0.5f), Line(1, 1, 1, 0)]),
        'b' => (1, [Circle(0.5f, 0.5f, 0.5f), Line(0, 1.6f, 0, 0)]),
        'c' => (0.87f, [Arc(0.5f, 0.5f, 0.5f, 45, 270)]),
        'd' => (1, [Circle(0.5f, 0.5f, 0.5f), Line(1, 1.6f, 1, 0)]),
        'e' => (1, [Arc(0.5f, 0.5f, 0.5f, 0, 318), Line(0, 0.5f, 1, 0.5f)]),
        'f' => (0.5f, [Line(0.2f, 0, 0.2f, 1.3f), Arc(0.5f, 1.3f, 0.3f, 90, 90), Line(0, 1, 0.46f, 1)]),
        'h' => (0.84f, [Line(0, 0, 0, 1.6f), Arc(0.42f, 0.58f, 0.42f, 0, 180), Line(0.84f, 0.58f, 0.84f, 0)]),
        'i' => (0, [Line(0, 0, 0, 1), Dot(0, 1.4f)]),
        'l' => (0, [Line(0, 0, 0, 1.6f)]),
        'm' => (1.4f, [Line(0, 0, 0, 1), Arc(0.35f, 0.65f, 0.35f, 0, 180), Line(0.7f, 0.65f, 0.7f, 0), Arc(1.05f, 0.65f, 0.35f, 0, 180), Line(1.4f, 0.65f, 1.4f, 0)]),
        'n' => (0.84f, [Line(0, 0, 0, 1), Arc(0.42f, 0.58f, 0.42f, 0, 180), Line(0.84f, 0.58f, 0.84f, 0)]),
        'o' => (1, [Circle(0.5f, 0.5f, 0.5f)]),
        'p' => (1, [Circle(0.5f, 0.5f, 0.5f), Line(0, 1, 0, -0.6f)]),
        'r' => (0.56f, [Line(0, 0, 0, 1), Arc(0.4f, 0.6f, 0.4f, 60, 120)]),
        's' => (0.66f, [Arc(0.33f, 0.75f, 0.25f, 30, 240), Arc(0.33f, 0.25f, 0.25f, -150, 240)]),
        't' => (0.5f, [Line(0.25f, 0, 0.25f, 1.4f), Line(0, 1, 0.5f, 1)]),
        'u' => (0.84f, [Line(0, 1, 0, 0.42f), Arc(0.42f, 0.42f, 0.42f, 180, 180), Line(0.84f, 1, 0.84f, 0)]),
        'y' => (0.9f, [Line(0, 1, 0.45f, 0), Line(0.9f, 1, 0.18f, -0.6f)]),
        '0' => (0.9f, [Arc(0.45f, 1.05f, 0.45f, 0, 180), Line(0, 1.05f, 0, 0.45f), Arc(0.45f, 0.45f, 0.45f, 180, 180), Line(0.9f, 0.45f, 0.9f, 1.05f)]),
        '1' => (0.9f, [Line(0.2f, 1.2f, 0.5f, 1.5f), Line(0.5f, 1.5f, 0.5f, 0)]),
        '2' => (0.9f, [Arc(0.45f, 1.05f, 0.45f, -30, 210), Line(0.84f, 0.825f, 0, 0), Line(0, 0, 0.9f, 0)]),
        '3' => (0.9f, [Arc(0.45f, 1.13f, 0.37f, -90, 240), Arc(0.45f, 0.38f, 0.38f, -150, 240)]),
        '4' => (0.9f, [Line(0.65f, 0, 0.65f, 1.5f), Line(0.65f, 1.5f, 0, 0.45f), Line(0, 0.45f, 0.9f, 0.45f)]),
        '5' => (0.9f, [Line(0.8f, 1.5f, 0.15f, 1.5f), Line(0.15f, 1.5f, 0.08f, 0.85f), Arc(0.42f, 0.48f, 0.5f, -145, 277)]),
        '6' => (0.9f, [Circle(0.45f, 0.45f, 0.45f), Line(0.06f, 0.68f, 0.6f, 1.5f)]),
        '7' => (0.9f, [Line(0, 1.5f, 0.9f, 1.5f), Line(0.9f, 1.5f, 0.3f, 0)]),
        '8' => (0.9f, [Circle(0.45f, 1.13f, 0.37f), Circle(0.45f, 0.38f, 0.38f)]),
        '9' => (0.9f, [Circle(0.45f, 1.05f, 0.45f), Line(0.84f, 0.82f, 0.3f, 0)]),
        ':' => (0.1f, [Dot(0.05f, 0.35f), Dot(0.05f, 1.05f)]),
        ',' => (0.1f, [Line(0.06f, 0.04f, -0.06f, -0.28f)]),
        '.' => (0.1f, [Dot(0.05f, 0)]),
        '/' => (0.7f, [Line(0, -0.1f, 0.7f, 1.6f)]),
        '×' => (0.6f, [Line(0, 0.2f, 0.6f, 0.8f), Line(0, 0.8f, 0.6f, 0.2f)]),
        _ => throw new ArgumentOutOfRangeException(nameof(character), character, "The film has no such letter."),
    };
}
