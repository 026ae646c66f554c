using System.Text.Json.Serialization;
using Microsoft.AspNetCore.Mvc;

namespace Appliance.Problems;

[JsonSerializable(typeof(ProblemDetails))]
internal sealed partial class ProblemsJson : JsonSerializerContext;
