using System.Net;
using Appliance.Sources.Remote;

namespace Appliance.Fuzz.Targets;

/// <summary>A network in which every machine answers the same.</summary>
internal sealed class AnswerNetwork : IOriginNetwork
{
    /// <summary>What the next connections answer.</summary>
    public byte[] Answer { get; set; } = [];

    public Task<IPAddress[]> ResolveAsync(string host, CancellationToken cancellationToken) => Task.FromResult<IPAddress[]>([IPAddress.Parse("1.1.1.1")]);

    public Task<Stream> ConnectAsync(IPEndPoint place, CancellationToken cancellationToken) => Task.FromResult<Stream>(new AnswerStream(Answer));
}
