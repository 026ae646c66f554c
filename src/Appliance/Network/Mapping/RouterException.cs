using System.Net;

namespace Appliance.Network.Mapping;

/// <summary>A router did not do as asked.</summary>
/// <param name="failure">For whoever goes on.</param>
/// <param name="message">One sentence for a person.</param>
internal sealed class RouterException(RouterFailure failure, string message) : Exception(message)
{
    public RouterFailure Failure { get; } = failure;

    /// <summary>The router's own address outside, where it told one all the same.</summary>
    public IPAddress? Outside { get; init; }
}
