using System.Globalization;
using System.Numerics;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace Transcode.Engine.Media;

/// <summary>An exact fraction, always reduced and with a positive denominator. Frame rates, aspect ratios and time
/// bases are never floating point: a rounding error would move a segment boundary.</summary>
[JsonConverter(typeof(RationalJsonConverter))]
public readonly record struct Rational : IComparable<Rational>
{
    /// <param name="numerator">Any value whose magnitude the reduced form keeps within 63 bits.</param>
    /// <param name="denominator">Not zero.</param>
    public Rational(long numerator, long denominator)
    {
        ArgumentOutOfRangeException.ThrowIfZero(denominator);
        long divisor = (long)BigInteger.GreatestCommonDivisor(numerator, denominator);
        if (denominator < 0)
        {
            divisor = -divisor;
        }

        Numerator = numerator / divisor;
        Denominator = denominator / divisor;
    }

    public long Numerator { get; }

    public long Denominator { get; }

    public double ToDouble() => (double)Numerator / Denominator;

    public static Rational operator *(Rational a, Rational b)
    {
        // Cross-reducing first keeps the products small.
        var left = new Rational(a.Numerator, b.Denominator);
        var right = new Rational(b.Numerator, a.Denominator);
        return new(checked(left.Numerator * right.Numerator), checked(left.Denominator * right.Denominator));
    }

    public static Rational operator /(Rational a, Rational b) => a * new Rational(b.Denominator, b.Numerator);

    /// <summary><c>floor(value × this)</c>, exact for every 64-bit value.</summary>
    public long FloorOf(long value) => (long)FloorDivide((Int128)value * Numerator, Denominator);

    /// <summary><c>ceil(value × this)</c>, exact for every 64-bit value.</summary>
    public long CeilingOf(long value) => (long)-FloorDivide(-((Int128)value * Numerator), Denominator);

    /// <summary><c>floor(value × this + 1/2)</c>, exact for every 64-bit value.</summary>
    public long RoundOf(long value) => (long)FloorDivide(((Int128)value * Numerator * 2) + Denominator, (Int128)Denominator * 2);

    public int CompareTo(Rational other) =>
        ((Int128)Numerator * other.Denominator).CompareTo((Int128)other.Numerator * Denominator);

    public static bool operator <(Rational a, Rational b) => a.CompareTo(b) < 0;

    public static bool operator >(Rational a, Rational b) => a.CompareTo(b) > 0;

    public static bool operator <=(Rational a, Rational b) => a.CompareTo(b) <= 0;

    public static bool operator >=(Rational a, Rational b) => a.CompareTo(b) >= 0;

    /// <summary>As <c>24000/1001</c>.</summary>
    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{Numerator}/{Denominator}");

    /// <summary>Reads <c>24000/1001</c> or <c>25</c>.</summary>
    /// <exception cref="FormatException">The text is neither.</exception>
    public static Rational Parse(string text)
    {
        string[] parts = text.Split('/');
        return parts.Length <= 2
            && long.TryParse(parts[0], NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out long numerator)
            && long.TryParse(parts.Length == 2 ? parts[1] : "1", NumberStyles.None, CultureInfo.InvariantCulture, out long denominator)
            && denominator > 0
            ? new(numerator, denominator)
            : throw new FormatException($"'{text}' is not a fraction such as 24000/1001.");
    }

    private static Int128 FloorDivide(Int128 dividend, Int128 divisor)
    {
        (Int128 quotient, Int128 remainder) = Int128.DivRem(dividend, divisor);
        return remainder < 0 ? quotient - 1 : quotient;
    }
}

internal sealed class RationalJsonConverter : JsonConverter<Rational>
{
    public override Rational Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
    {
        try
        {
            return Rational.Parse(reader.GetString() ?? "");
        }
        catch (FormatException exception)
        {
            throw new JsonException(exception.Message, exception);
        }
    }

    public override void Write(Utf8JsonWriter writer, Rational value, JsonSerializerOptions options) =>
        writer.WriteStringValue(value.ToString());
}
