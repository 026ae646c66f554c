using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace Rewards.Accounts;

/// <summary>JSON of prices, quotes and entries, generated at build time. Members stand in the order of their names, there are no
/// blanks, and no text in it needs an escape: the canonical form of RFC 8785.</summary>
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
    UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow,
    RespectNullableAnnotations = true,
    RespectRequiredConstructorParameters = true,
    AllowDuplicateProperties = false,
    Converters = [typeof(AmountConverter), typeof(AddressConverter), typeof(HashConverter), typeof(DeliveryConverter), typeof(PostingConverter)])]
[JsonSerializable(typeof(PriceTable))]
[JsonSerializable(typeof(Quote))]
[JsonSerializable(typeof(BookEntry))]
[JsonSerializable(typeof(BookOrder))]
internal sealed partial class AccountsJson : JsonSerializerContext
{
    /// <summary>Without escapes that RFC 8785 does not have.</summary>
    public static AccountsJson Plain => PlainJson.Context;

    /// <summary>Apart, because the generated defaults must be there before it.</summary>
    private static class PlainJson
    {
        public static readonly AccountsJson Context =
            new(new JsonSerializerOptions(Default.Options) { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping });
    }
}
