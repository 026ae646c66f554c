using System.Text.Json.Serialization;

namespace Transcode.Engine.Verification;

/// <summary>Verdicts as JSON, generated at build time. A picture without any error has a PSNR of <c>"Infinity"</c>.</summary>
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
    UseStringEnumConverter = true,
    NumberHandling = JsonNumberHandling.AllowNamedFloatingPointLiterals,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
[JsonSerializable(typeof(Verdict))]
public sealed partial class VerificationJson : JsonSerializerContext;
