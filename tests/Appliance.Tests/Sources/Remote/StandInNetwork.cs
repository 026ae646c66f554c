using System.Collections.Concurrent;
using System.Net;
using System.Net.Sockets;
using Appliance.Sources.Remote;

namespace Appliance.Tests.Sources.Remote;

/// <summary>An internet of this machine: names have the addresses that a test gives them, one answer after the other, and a public address leads to a server of the test.
/// Nothing else is connected to, whatever is asked.</summary>
internal sealed class StandInNetwork : IOriginNetwork
{
    private readonly OriginNetwork real = new();
    private readonly ConcurrentDictionary<string, ConcurrentQueue<IPAddress[]>> names = [];
    private readonly ConcurrentDictionary<IPEndPoint, int> places = [];

    /// <summary>What was connected to, in order.</summary>
    public ConcurrentQueue<IPEndPoint> Connected { get; } = [];

    /// <summary>Names that were asked for.</summary>
    public ConcurrentQueue<string> Asked { get; } = [];

    /// <summary>A name's next answer. The last one given is repeated.</summary>
    public StandInNetwork Name(string host, params string[] addresses)
    {
        names.GetOrAdd(host, _ => []).Enqueue([.. addresses.Select(IPAddress.Parse)]);
        return this;
    }

    /// <summary>Who answers at an address.</summary>
    public StandInNetwork Place(string address, int port, int localPort)
    {
        places[new(IPAddress.Parse(address), port)] = localPort;
        return this;
    }

    public Task<IPAddress[]> ResolveAsync(string host, CancellationToken cancellationToken)
    {
        Asked.Enqueue(host);
        if (!names.TryGetValue(host, out ConcurrentQueue<IPAddress[]>? answers))
        {
            throw new SocketException((int)SocketError.HostNotFound);
        }

        answers.TryPeek(out IPAddress[]? last);
        return Task.FromResult(answers.Count > 1 && answers.TryDequeue(out IPAddress[]? next) ? next : last!);
    }

    public Task<Stream> ConnectAsync(IPEndPoint place, CancellationToken cancellationToken)
    {
        Connected.Enqueue(place);
        return places.TryGetValue(place, out int port)
            ? real.ConnectAsync(new(IPAddress.Loopback, port), cancellationToken)
            : throw new SocketException((int)SocketError.ConnectionRefused);
    }
}
