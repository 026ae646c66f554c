using System.Security.Cryptography;
using Appliance.Network.Mapping;

namespace Appliance.Network.Pcp;

/// <summary>Asks a router by PCP.</summary>
/// <param name="path">To it.</param>
/// <param name="nonce">The box's own, kept from one start to the next: without it a router would not let a box that was killed have its own mapping back.</param>
/// <param name="time">The box's clock.</param>
internal sealed class PcpMapper(RouterPath path, byte[] nonce, TimeProvider time) : IPortMapper
{
    /// <summary>RFC 6887, 8.1.1, begins with 3 seconds and doubles, for as long as one likes; a router that was silent twice is taken to be so.</summary>
    private static readonly TimeSpan FirstWait = TimeSpan.FromSeconds(3);

    private const int Tries = 2;

    private static readonly TimeSpan[] LastWords = [TimeSpan.FromMilliseconds(400), TimeSpan.FromMilliseconds(600), TimeSpan.FromSeconds(1)];

    private readonly RouterClock _clock = new(time);

    public string Language => "PCP";

    public async Task<PortMapping> MapAsync(MappingWish wish, CancellationToken cancellationToken)
    {
        byte[] question = PcpMessage.MapRequest(path.Own, nonce, wish.InsidePort, wish.OutsidePort, wish.Outside, (uint)wish.Lease.TotalSeconds);
        PcpAnswer answer = await AskAsync(question, PcpMessage.Map, wish.InsidePort, Waits(), cancellationToken);
        if (answer.Mapping is not { OutsidePort: > 0 } mapping || answer.LifetimeSeconds == 0)
        {
            throw Garbled();
        }

        _ = _clock.Continues(answer.Epoch);
        return new(wish.InsidePort, mapping.OutsidePort, mapping.Outside, PortMapping.LeaseOf(answer.LifetimeSeconds));
    }

    public async Task<bool> HoldsAsync(PortMapping mapping, CancellationToken cancellationToken)
    {
        PcpAnswer answer = await RouterQuestion.AskAsync(
            path, PcpMessage.AnnounceRequest(path.Own), datagram => PcpMessage.Read(datagram) is { Opcode: PcpMessage.Announce } read ? read : null, Waits(), cancellationToken);
        return answer.Version == PcpMessage.Version && _clock.Continues(answer.Epoch);
    }

    /// <summary>miniupnpd 2.3.1 forgets whose a pinhole is once it was renewed, and then lets nobody end it; it lets it be renewed for less.</summary>
    public async Task<TimeSpan?> UnmapAsync(PortMapping mapping, CancellationToken cancellationToken)
    {
        try
        {
            await AskAsync(Question(0), PcpMessage.Map, mapping.InsidePort, LastWords, cancellationToken);
            return null;
        }
        catch (RouterException exception) when (exception.Failure == RouterFailure.Refused)
        {
            PcpAnswer shorter = await AskAsync(Question(1), PcpMessage.Map, mapping.InsidePort, LastWords, cancellationToken);
            return TimeSpan.FromSeconds(shorter.LifetimeSeconds);
        }

        byte[] Question(uint seconds) => PcpMessage.MapRequest(path.Own, nonce, mapping.InsidePort, mapping.OutsidePort, mapping.Outside, seconds);
    }

    public void Dispose()
    {
    }

    private async Task<PcpAnswer> AskAsync(byte[] question, byte opcode, int insidePort, IEnumerable<TimeSpan> waits, CancellationToken cancellationToken)
    {
        PcpAnswer answer = await RouterQuestion.AskAsync(path, question, datagram => Ours(PcpMessage.Read(datagram), opcode, insidePort), waits, cancellationToken);
        return answer.Result switch
        {
            PcpResult.Success => answer.Mapping is null ? throw Garbled() : answer,
            PcpResult.UnsupportedVersion => throw Failure(RouterFailure.OtherVersion, answer, "it speaks another version"),
            PcpResult.NotAuthorized => throw Failure(RouterFailure.Refused, answer, "it may not open ports for this box, or the port is somebody else's"),
            PcpResult.NetworkFailure => throw Failure(RouterFailure.Offline, answer, "it has no connection to the Internet, or no public address there"),
            PcpResult.NoResources or PcpResult.UserExceededQuota => throw Failure(RouterFailure.Full, answer, "it has no more ports to give"),
            PcpResult.CannotProvideExternal => throw Failure(RouterFailure.PortTaken, answer, "the port is somebody else's"),
            PcpResult.AddressMismatch => throw Failure(RouterFailure.Between, answer, "between the box and it, something changes addresses"),
            _ => throw Failure(RouterFailure.Refused, answer, "it does not do what was asked"),
        };
    }

    /// <summary>A refusal may leave the mapping out; what tells one must tell ours.</summary>
    private PcpAnswer? Ours(PcpAnswer? answer, byte opcode, int insidePort) =>
        answer is null ? null
        : answer.Version != PcpMessage.Version ? answer
        : answer.Opcode != opcode ? null
        : answer.Mapping is not { } mapping ? (answer.Result == PcpResult.Success ? null : answer)
        : mapping.Protocol == PcpMessage.Tcp && mapping.InsidePort == insidePort && mapping.Nonce.AsSpan().SequenceEqual(nonce) ? answer : null;

    /// <summary>Apart by a tenth each way, so that the boxes of a street that had no power do not all ask at once.</summary>
    private static IEnumerable<TimeSpan> Waits() =>
        Enumerable.Range(0, Tries).Select(i => FirstWait * (1 << i) * (1 + (RandomNumberGenerator.GetInt32(-100, 101) / 1000.0)));

    private RouterException Garbled() => new(RouterFailure.Garbled, $"The router {path.Router} answers by PCP what makes no sense.");

    private RouterException Failure(RouterFailure failure, PcpAnswer answer, string why) =>
        new(failure, $"The router {path.Router} says no by PCP: {why} (result {(byte)answer.Result}).") { Outside = answer.Mapping?.Outside };
}
