using System.Net;
using Appliance.Network.Mapping;

namespace Appliance.Network.NatPmp;

/// <summary>Asks a router by NAT-PMP.</summary>
internal sealed class NatPmpMapper(RouterPath path, TimeProvider time) : IPortMapper
{
    /// <summary>RFC 6886, 3.1, doubles from a quarter of a second on, nine times; whoever was silent for four is taken to be so.</summary>
    private static readonly TimeSpan[] Waits = [TimeSpan.FromMilliseconds(250), TimeSpan.FromMilliseconds(500), TimeSpan.FromSeconds(1), TimeSpan.FromSeconds(2)];

    private readonly RouterClock _clock = new(time);

    public string Language => "NAT-PMP";

    public async Task<PortMapping> MapAsync(MappingWish wish, CancellationToken cancellationToken)
    {
        IPAddress? outside = (await AddressAsync(cancellationToken)).Outside;
        NatPmpAnswer answer = await MapAsync(wish.InsidePort, wish.OutsidePort, (uint)wish.Lease.TotalSeconds, cancellationToken);
        if (answer.OutsidePort == 0 || answer.LifetimeSeconds == 0)
        {
            throw new RouterException(RouterFailure.Garbled, $"The router {path.Router} answers by NAT-PMP what makes no sense.");
        }

        return new(wish.InsidePort, answer.OutsidePort, outside, PortMapping.LeaseOf(answer.LifetimeSeconds));
    }

    public async Task<bool> HoldsAsync(PortMapping mapping, CancellationToken cancellationToken)
    {
        NatPmpAnswer answer = await RouterQuestion.AskAsync(path, NatPmpMessage.AddressRequest(), Ours(NatPmpMessage.Address, 0), Waits, cancellationToken);
        return _clock.Continues(answer.Epoch) && answer.Result == 0 && Equals(answer.Outside, mapping.Outside);
    }

    public async Task<TimeSpan?> UnmapAsync(PortMapping mapping, CancellationToken cancellationToken)
    {
        await MapAsync(mapping.InsidePort, 0, 0, cancellationToken);
        return null;
    }

    public void Dispose()
    {
    }

    private async Task<NatPmpAnswer> AddressAsync(CancellationToken cancellationToken)
    {
        NatPmpAnswer answer = Judged(await RouterQuestion.AskAsync(path, NatPmpMessage.AddressRequest(), Ours(NatPmpMessage.Address, 0), Waits, cancellationToken));
        _ = _clock.Continues(answer.Epoch);
        return answer;
    }

    private async Task<NatPmpAnswer> MapAsync(int insidePort, int outsidePort, uint seconds, CancellationToken cancellationToken) => Judged(await RouterQuestion.AskAsync(
        path, NatPmpMessage.MapRequest(insidePort, outsidePort, seconds), Ours(NatPmpMessage.MapTcp, insidePort), Waits, cancellationToken));

    private static Func<byte[], NatPmpAnswer?> Ours(byte opcode, int insidePort) => datagram =>
        NatPmpMessage.Read(datagram) is { } answer && answer.Opcode == opcode && (answer.Result != 0 || answer.InsidePort == insidePort) ? answer : null;

    private NatPmpAnswer Judged(NatPmpAnswer answer) => answer.Result switch
    {
        0 => answer,
        1 => throw Failure(RouterFailure.OtherVersion, answer, "it speaks another version"),
        2 => throw Failure(RouterFailure.Refused, answer, "it may not open ports, or not for this box"),
        3 => throw Failure(RouterFailure.Offline, answer, "it has no connection to the Internet, or no public address there"),
        4 => throw Failure(RouterFailure.Full, answer, "it has no more ports to give"),
        _ => throw Failure(RouterFailure.Refused, answer, "it does not do what was asked"),
    };

    private RouterException Failure(RouterFailure failure, NatPmpAnswer answer, string why) =>
        new(failure, $"The router {path.Router} says no by NAT-PMP: {why} (result {answer.Result}).");
}
