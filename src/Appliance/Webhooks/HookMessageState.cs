using System.Text.Json.Serialization;

namespace Appliance.Webhooks;

/// <summary>How far a message is.</summary>
[JsonConverter(typeof(HookMessageStateConverter))]
internal enum HookMessageState
{
    /// <summary>It is to be sent, or sent again.</summary>
    Waiting,

    /// <summary>It was answered well.</summary>
    Delivered,

    /// <summary>It is not sent any more.</summary>
    GivenUp,
}
