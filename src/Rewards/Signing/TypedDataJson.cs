using System.Globalization;
using System.Text.Json;

namespace Rewards.Signing;

/// <summary>What all typed data has in common as JSON, in the canonical form of RFC 8785: its domain, and how its numbers are written.</summary>
internal static class TypedDataJson
{
    /// <summary>As the member <c>domain</c>.</summary>
    public static void WriteDomain(Utf8JsonWriter json, SigningDomain domain)
    {
        json.WriteStartObject("domain");
        json.WriteNumber("chainId", domain.ChainId);
        json.WriteString("name", domain.Name);
        json.WriteString("verifyingContract", domain.VerifyingContract.ToString());
        json.WriteString("version", domain.Version);
        json.WriteEndObject();
    }

    /// <param name="root">What has the member.</param>
    /// <exception cref="ArgumentException">It is not sound.</exception>
    /// <exception cref="FormatException">Something in it is not what it should be.</exception>
    /// <exception cref="KeyNotFoundException">Something is missing.</exception>
    /// <exception cref="InvalidOperationException">Something is of another kind.</exception>
    public static SigningDomain ReadDomain(JsonElement root)
    {
        JsonElement domain = root.GetProperty("domain");
        var read = new SigningDomain(
            Text(domain, "name"), Text(domain, "version"), domain.GetProperty("chainId").GetUInt64(), EthereumAddress.Parse(Text(domain, "verifyingContract")));
        read.Validate();
        return read;
    }

    /// <exception cref="KeyNotFoundException">It is missing.</exception>
    /// <exception cref="InvalidOperationException">It is no text.</exception>
    public static string Text(JsonElement element, string name) => element.GetProperty(name).GetString() ?? "";

    /// <summary>One of 64 bits, which wallets take as a text.</summary>
    /// <exception cref="FormatException">It is none.</exception>
    public static ulong Number(JsonElement element, string name) =>
        ulong.TryParse(Text(element, name), NumberStyles.None, CultureInfo.InvariantCulture, out ulong number)
            ? number
            : throw new FormatException($"{name} is not a whole number in decimal digits.");

    public static void WriteNumber(Utf8JsonWriter json, string name, ulong number) => json.WriteString(name, number.ToString(CultureInfo.InvariantCulture));
}
