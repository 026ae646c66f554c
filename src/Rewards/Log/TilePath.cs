using System.Globalization;

namespace Rewards.Log;

/// <summary>Which tile is asked for, as C2SP's tlog-tiles writes it: <c>LEVEL/INDEX</c> or <c>entries/INDEX</c>, the index in groups
/// of three digits, all but the last after an x (1234067 is <c>x001/x234/067</c>), and <c>.p/WIDTH</c> behind a partial one.</summary>
/// <param name="Level">0 to <see cref="LevelLimit"/> − 1; null for entries.</param>
/// <param name="Index">0 or more.</param>
/// <param name="Width">1 to 256; 256 is a whole tile.</param>
public readonly record struct TilePath(int? Level, long Index, int Width)
{
    /// <summary>Levels there may be (tlog-tiles allows 0 to 63; a tree of 2^40 leaves has five).</summary>
    public const int LevelLimit = 64;

    /// <summary>Of the address, without its prefix; a longer one is none.</summary>
    private const int LengthLimit = 64;

    private const int GroupLength = 3;
    private const string PartialMark = ".p/";

    /// <param name="text">What follows <c>tile/</c>.</param>
    /// <param name="path">What it names.</param>
    public static bool TryParse(string text, out TilePath path)
    {
        path = default;
        int slash = text.IndexOf('/', StringComparison.Ordinal);
        if (text.Length > LengthLimit || slash < 0)
        {
            return false;
        }

        int? level = null;
        if (text[..slash] != "entries")
        {
            if (!TryNumber(text[..slash], LevelLimit - 1, out long number))
            {
                return false;
            }

            level = (int)number;
        }

        string rest = text[(slash + 1)..];
        long width = MerkleTiles.Width;
        int mark = rest.IndexOf(PartialMark, StringComparison.Ordinal);
        if (mark >= 0 && (!TryNumber(rest[(mark + PartialMark.Length)..], MerkleTiles.Width - 1, out width) || width == 0))
        {
            return false;
        }

        string index = (mark >= 0 ? rest[..mark] : rest).Replace("/", "", StringComparison.Ordinal).Replace("x", "", StringComparison.Ordinal);
        if (!long.TryParse(index, NumberStyles.None, CultureInfo.InvariantCulture, out long n))
        {
            return false;
        }

        // Written again it must be the same: groups, their marks and zeros have one form.
        var read = new TilePath(level, n, (int)width);
        path = read.ToString() == text ? read : default;
        return path != default;
    }

    /// <summary>As in the address, without <c>tile/</c>.</summary>
    public override string ToString()
    {
        string digits = Index.ToString(CultureInfo.InvariantCulture);
        digits = digits.PadLeft((digits.Length + GroupLength - 1) / GroupLength * GroupLength, '0');
        string groups = string.Join("/x", digits.Chunk(GroupLength).Select(group => new string(group)));
        string index = digits.Length > GroupLength ? "x" + groups[..^(GroupLength + 1)] + groups[^GroupLength..] : groups;
        string level = Level?.ToString(CultureInfo.InvariantCulture) ?? "entries";
        return $"{level}/{index}{(Width < MerkleTiles.Width ? PartialMark + Width.ToString(CultureInfo.InvariantCulture) : "")}";
    }

    private static bool TryNumber(string text, long largest, out long number) =>
        long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out number)
        && number <= largest
        && text == number.ToString(CultureInfo.InvariantCulture);
}
