using System.Text.Json.Serialization;

namespace Repository.Tests;

/// <summary>What the serializer's generator makes tables of, for <see cref="AheadTests"/>.</summary>
[JsonSourceGenerationOptions(UseStringEnumConverter = true)]
[JsonSerializable(typeof(AheadSaid))]
internal sealed partial class AheadJson : JsonSerializerContext;
