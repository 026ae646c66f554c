using System.Text.Json.Serialization;
using Appliance.Access.Audit;
using Appliance.Access.Keys;
using Appliance.Access.Links;
using Appliance.Access.Owner;
using Appliance.Access.Sessions;

namespace Appliance.Access;

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase)]
[JsonSerializable(typeof(AccessSettings))]
[JsonSerializable(typeof(PasswordRecord))]
[JsonSerializable(typeof(SetUpRequest))]
[JsonSerializable(typeof(PasswordRequest))]
[JsonSerializable(typeof(SessionFile))]
[JsonSerializable(typeof(SessionResponse))]
[JsonSerializable(typeof(SignInRequest))]
[JsonSerializable(typeof(SessionListResponse))]
[JsonSerializable(typeof(KeyFile))]
[JsonSerializable(typeof(KeyTerms))]
[JsonSerializable(typeof(KeyResponse))]
[JsonSerializable(typeof(KeyListResponse))]
[JsonSerializable(typeof(Dictionary<string, KeyUsed>))]
[JsonSerializable(typeof(LinkRequest))]
[JsonSerializable(typeof(LinkResponse))]
[JsonSerializable(typeof(AuditEntry))]
[JsonSerializable(typeof(AuditResponse))]
internal sealed partial class AccessJson : JsonSerializerContext;
