using System.Globalization;

namespace Rewards.Accounts;

/// <summary>Sums of money: whole numbers of the token's smallest unit. As text they are decimal digits without leading zeros.</summary>
public static class Amounts
{
    /// <summary>The most that one order moves or one price names: 10^30, which is 10^12 tokens of 18 decimals.</summary>
    public static Int128 Limit { get; } = Int128.Parse("1000000000000000000000000000000", CultureInfo.InvariantCulture);

    /// <summary>The most that an account holds or lacks: 10^36. Sums of two such still fit in 128 bits.</summary>
    public static Int128 BalanceLimit { get; } = Limit * 1_000_000;

    /// <summary>Its decimal digits.</summary>
    public static string Text(Int128 amount) => amount.ToString(CultureInfo.InvariantCulture);

    /// <exception cref="FormatException">It is no whole number, not in its one form, or outside ±<see cref="BalanceLimit"/>.</exception>
    public static Int128 Parse(string? text) =>
        Int128.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out Int128 amount)
        && Text(amount) == text
        && amount >= -BalanceLimit
        && amount <= BalanceLimit
            ? amount
            : throw new FormatException("An amount is a whole number in decimal digits, without leading zeros, between -10^36 and 10^36.");
}
