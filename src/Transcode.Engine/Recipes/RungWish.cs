using System.Globalization;
using System.Text.RegularExpressions;

namespace Transcode.Engine.Recipes;

/// <summary>A rung that somebody wants beside those of the ladder, by its name alone: <c>960x540-1800k</c>, or <c>960x540-1800k-hevc</c>. Whoever reads the name knows the recipe, so nothing is
/// kept of who wanted it.</summary>
/// <param name="Width">Of the box that the picture is fitted into, in pixels, 32 to 8192; it is never enlarged.</param>
/// <param name="Height">Likewise.</param>
/// <param name="KilobitsPerSecond">Cap of the picture's rate, 50 to 100,000.</param>
/// <param name="Format">H.264 where the name says none.</param>
public sealed partial record RungWish(int Width, int Height, int KilobitsPerSecond, VideoFormat Format)
{
    private const int SmallestSide = 32;

    private const int LargestSide = 8192;

    private const int LeastKilobits = 50;

    private const int MostKilobits = 100_000;

    /// <summary>As in addresses: one wish has one name.</summary>
    public string Name => string.Create(CultureInfo.InvariantCulture, $"{Width}x{Height}-{KilobitsPerSecond}k{VideoGroup.Of(Format).Suffix}");

    /// <returns>Null where it is no such name, or says what is outside of its range.</returns>
    public static RungWish? Read(string name)
    {
        if (Form().Match(name) is not { Success: true } match)
        {
            return null;
        }

        VideoFormat format = match.Groups[4].Value switch
        {
            "-hevc" => VideoFormat.Hevc,
            "-av1" => VideoFormat.Av1,
            _ => VideoFormat.H264,
        };
        var wish = new RungWish(Number(1), Number(2), Number(3), format);
        return wish is { Width: >= SmallestSide and <= LargestSide, Height: >= SmallestSide and <= LargestSide, KilobitsPerSecond: >= LeastKilobits and <= MostKilobits } ? wish : null;

        int Number(int group) => int.Parse(match.Groups[group].ValueSpan, NumberStyles.None, CultureInfo.InvariantCulture);
    }

    [GeneratedRegex("^([1-9][0-9]{1,3})x([1-9][0-9]{1,3})-([1-9][0-9]{1,5})k(-hevc|-av1)?\\z", RegexOptions.CultureInvariant)]
    private static partial Regex Form();
}
