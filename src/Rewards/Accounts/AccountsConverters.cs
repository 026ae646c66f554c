using System.Text.Json;
using System.Text.Json.Serialization;
using Rewards.Signing;

namespace Rewards.Accounts;

/// <summary>Amounts as decimal strings: they pass what numbers in JSON keep.</summary>
internal sealed class AmountConverter : JsonConverter<Int128>
{
    public override Int128 Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
        JsonText.Read(ref reader, static text => Amounts.Parse(text));

    public override void Write(Utf8JsonWriter writer, Int128 value, JsonSerializerOptions options) => writer.WriteStringValue(Amounts.Text(value));
}

/// <summary>Addresses with their checksum's case.</summary>
internal sealed class AddressConverter : JsonConverter<EthereumAddress>
{
    public override EthereumAddress Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
        JsonText.Read(ref reader, static text => EthereumAddress.Parse(text));

    public override void Write(Utf8JsonWriter writer, EthereumAddress value, JsonSerializerOptions options) => writer.WriteStringValue(value.ToString());
}

/// <summary>Hashes as <c>0x</c> and digits.</summary>
internal sealed class HashConverter : JsonConverter<Hash256>
{
    public override Hash256 Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
        JsonText.Read(ref reader, static text => Hash256.Parse(text));

    public override void Write(Utf8JsonWriter writer, Hash256 value, JsonSerializerOptions options) => writer.WriteStringValue(value.ToString());
}

/// <summary>Deliveries as <c>[work,kind,weightedPixels]</c>: there are many of them.</summary>
internal sealed class DeliveryConverter : JsonConverter<Delivery>
{
    public override Delivery Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
    {
        JsonText.Begin(ref reader);
        var delivery = new Delivery(JsonText.NextNumber(ref reader), (DeliveryKind)JsonText.NextNumber(ref reader), JsonText.NextNumber(ref reader));
        JsonText.End(ref reader);
        return delivery;
    }

    public override void Write(Utf8JsonWriter writer, Delivery value, JsonSerializerOptions options)
    {
        writer.WriteStartArray();
        writer.WriteNumberValue(value.Work);
        writer.WriteNumberValue((int)value.Kind);
        writer.WriteNumberValue(value.WeightedPixels);
        writer.WriteEndArray();
    }
}

/// <summary>Postings as <c>[kind,owner,other,amount]</c>, where nobody is an empty string.</summary>
internal sealed class PostingConverter : JsonConverter<Posting>
{
    public override Posting Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
    {
        JsonText.Begin(ref reader);
        var account = new AccountName((AccountKind)JsonText.NextNumber(ref reader), NextAddress(ref reader), NextAddress(ref reader));
        reader.Read();
        Int128 amount = JsonText.Read(ref reader, static text => Amounts.Parse(text));
        JsonText.End(ref reader);
        return new(account, amount);
    }

    public override void Write(Utf8JsonWriter writer, Posting value, JsonSerializerOptions options)
    {
        writer.WriteStartArray();
        writer.WriteNumberValue((int)value.Account.Kind);
        writer.WriteStringValue(Text(value.Account.Owner));
        writer.WriteStringValue(Text(value.Account.Other));
        writer.WriteStringValue(Amounts.Text(value.Amount));
        writer.WriteEndArray();
    }

    private static string Text(EthereumAddress address) => address == EthereumAddress.Zero ? "" : address.ToString();

    private static EthereumAddress NextAddress(ref Utf8JsonReader reader)
    {
        reader.Read();
        return JsonText.Read(ref reader, static text => text.Length == 0 ? default : EthereumAddress.Parse(text));
    }
}

/// <summary>Reading piece by piece; whatever is not there as it should be is a <see cref="JsonException"/>.</summary>
internal static class JsonText
{
    public static T Read<T>(ref Utf8JsonReader reader, Func<string, T> parse)
    {
        Demand(reader.TokenType is JsonTokenType.String);
        try
        {
            return parse(reader.GetString()!);
        }
        catch (FormatException exception)
        {
            throw new JsonException(exception.Message, exception);
        }
    }

    public static void Begin(ref Utf8JsonReader reader) => Demand(reader.TokenType is JsonTokenType.StartArray);

    public static void End(ref Utf8JsonReader reader) => Demand(reader.Read() && reader.TokenType is JsonTokenType.EndArray);

    public static long NextNumber(ref Utf8JsonReader reader)
    {
        long number = 0;
        Demand(reader.Read() && reader.TokenType is JsonTokenType.Number && reader.TryGetInt64(out number));
        return number;
    }

    private static void Demand(bool holds)
    {
        if (!holds)
        {
            throw new JsonException("A piece is missing, or is of another kind.");
        }
    }
}
