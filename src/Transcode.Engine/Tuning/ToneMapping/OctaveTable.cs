namespace Transcode.Engine.Tuning.ToneMapping;

/// <summary>A function of whole numbers, kept as straight pieces, 32 to each doubling, so that small numbers are as exact as large
/// ones. Which piece it is stands in the upper bits of the number as a single-precision float, whose conversion IEEE 754 defines.</summary>
/// <remarks>An entry's upper 18 bits are the value at the piece's start, its lower 14 what it rises by, with sign. Halfway between, a
/// function x^p is off by p(p − 1)/8·32⁻² of itself at most: 3·10⁻⁵ for 1/2.4, 2.5·10⁻⁴ for −1.</remarks>
internal sealed class OctaveTable
{
    public const int RiseBits = 14;

    /// <summary>Of the float's bits: what is below names the place within a piece.</summary>
    public const int PieceShift = 18;

    /// <summary>Of the float's bits to 10 bits of place within a piece.</summary>
    public const int PlaceShift = 8;

    public const int PlaceBits = 10;

    /// <summary>Of the piece that 0 alone lies in; 1 begins the next.</summary>
    public const int FirstPiece = (127 << (23 - PieceShift)) - 1;

    /// <param name="octaves">Numbers are less than 2 to this; 1 to 31.</param>
    /// <param name="function">Of a number, also of one that is not whole: 0 to 2^18 − 1 once rounded, less than 2^13 from one piece to
    /// the next.</param>
    /// <exception cref="ArgumentException">It is not.</exception>
    public OctaveTable(int octaves, Func<double, double> function)
    {
        Entries = new int[(octaves * 32) + 1];
        Entries[0] = Round(function(0)) << RiseBits;
        int start = Round(function(1));
        for (int i = 1; i < Entries.Length; i++)
        {
            int next = Round(function(Start(i + 1)));
            if (start >> (32 - RiseBits) != 0 || Math.Abs(next - start) >> (RiseBits - 1) != 0)
            {
                throw new ArgumentException($"Between {start} and {next} the function leaves what a table holds.", nameof(function));
            }

            Entries[i] = (start << RiseBits) | ((next - start) & ((1 << RiseBits) - 1));
            start = next;
        }
    }

    public int[] Entries { get; }

    /// <param name="number">0 or more.</param>
    public int At(int number)
    {
        int bits = BitConverter.SingleToInt32Bits(number);
        int entry = Entries[Math.Max((bits >> PieceShift) - FirstPiece, 0)];
        int place = (bits >> PlaceShift) & ((1 << PlaceBits) - 1);
        return (int)((uint)entry >> RiseBits) + ((((entry << (32 - RiseBits)) >> (32 - RiseBits)) * place) >> PlaceBits);
    }

    /// <summary>The number that a piece begins with.</summary>
    private static double Start(int piece) => BitConverter.Int32BitsToSingle((piece + FirstPiece) << PieceShift);

    private static int Round(double value) => (int)Math.Floor(value + 0.5);
}
