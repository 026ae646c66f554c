namespace Appliance.Samples.Lettering;

/// <summary>A part of a letter: a straight line or an arc of a circle, as a pen would draw it. Lengths are in heights of a
/// small x, y upwards from the base line.</summary>
internal readonly record struct Stroke
{
    private readonly bool _isArc;
    private readonly float _x;
    private readonly float _y;
    private readonly float _x2;
    private readonly float _y2;
    private readonly float _middleDegrees;
    private readonly float _halfSweepDegrees;

    private Stroke(bool isArc, float x, float y, float x2, float y2, float middleDegrees, float halfSweepDegrees) =>
        (_isArc, _x, _y, _x2, _y2, _middleDegrees, _halfSweepDegrees) = (isArc, x, y, x2, y2, middleDegrees, halfSweepDegrees);

    public static Stroke Line(float x, float y, float x2, float y2) => new(false, x, y, x2, y2, 0, 0);

    public static Stroke Dot(float x, float y) => Line(x, y, x, y);

    /// <param name="x">Of the centre.</param>
    /// <param name="y">Of the centre.</param>
    /// <param name="radius">In heights of x.</param>
    /// <param name="startDegrees">Counter-clockwise from the right.</param>
    /// <param name="sweepDegrees">Counter-clockwise.</param>
    public static Stroke Arc(float x, float y, float radius, float startDegrees, float sweepDegrees) =>
        new(true, x, y, radius, 0, startDegrees + (sweepDegrees / 2), sweepDegrees / 2);

    public static Stroke Circle(float x, float y, float radius) => Arc(x, y, radius, 0, 360);

    /// <summary>How far a point is from the line's middle.</summary>
    public float DistanceFrom(float x, float y) => _isArc ? FromArc(x, y) : FromLine(x, y);

    private float FromLine(float x, float y)
    {
        float dx = _x2 - _x;
        float dy = _y2 - _y;
        float length = (dx * dx) + (dy * dy);
        float along = length > 0 ? Math.Clamp((((x - _x) * dx) + ((y - _y) * dy)) / length, 0, 1) : 0;
        return MathF.Sqrt(Square(x - _x - (dx * along)) + Square(y - _y - (dy * along)));
    }

    private float FromArc(float x, float y)
    {
        float angle = MathF.Atan2(y - _y, x - _x) * (180 / MathF.PI);
        float off = MathF.IEEERemainder(angle - _middleDegrees, 360);
        if (MathF.Abs(off) <= _halfSweepDegrees)
        {
            return MathF.Abs(MathF.Sqrt(Square(x - _x) + Square(y - _y)) - _x2);
        }

        float end = (_middleDegrees + MathF.CopySign(_halfSweepDegrees, off)) * (MathF.PI / 180);
        return MathF.Sqrt(Square(x - _x - (_x2 * MathF.Cos(end))) + Square(y - _y - (_x2 * MathF.Sin(end))));
    }

    private static float Square(float x) => x * x;
}
