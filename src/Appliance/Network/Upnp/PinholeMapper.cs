using System.Globalization;
using Appliance.Network.Mapping;

namespace Appliance.Network.Upnp;

/// <summary>Asks a gateway by UPnP (WANIPv6FirewallControl:1) to let TCP through its firewall to a port of IPv6, which is the same outside as inside.</summary>
internal sealed class PinholeMapper(RouterPath path) : IPortMapper
{
    private const int NoSuchEntry = 704;

    private readonly SoapClient _soap = new(path);
    private IgdService? _service;
    private string? _hole;

    public string Language => "UPnP IGD";

    public async Task<PortMapping> MapAsync(MappingWish wish, CancellationToken cancellationToken)
    {
        try
        {
            IgdService service = _service ??= await FindAsync(cancellationToken);
            string seconds = ((int)wish.Lease.TotalSeconds).ToString(CultureInfo.InvariantCulture);
            if (_hole is not null && await TryRenewAsync(service, _hole, seconds, cancellationToken))
            {
                return Made(wish);
            }

            IReadOnlyDictionary<string, string> made = await _soap.CallAsync(
                service,
                "AddPinhole",
                [
                    ("RemoteHost", ""), ("RemotePort", "0"), ("InternalClient", path.Own.ToString()),
                    ("InternalPort", wish.InsidePort.ToString(CultureInfo.InvariantCulture)), ("Protocol", "6"), ("LeaseTime", seconds),
                ],
                cancellationToken);
            _hole = made.GetValueOrDefault("UniqueID") ?? throw new RouterException(RouterFailure.Garbled, $"The router {path.Router} answers by UPnP what makes no sense.");
            return Made(wish);
        }
        catch (SoapFaultException fault)
        {
            throw UpnpFaults.Told(path, fault);
        }
    }

    /// <summary>There is no asking whether a pinhole is there; its packets can be counted, which fails where there is none.</summary>
    public async Task<bool> HoldsAsync(PortMapping mapping, CancellationToken cancellationToken)
    {
        try
        {
            await _soap.CallAsync(_service!, "GetPinholePackets", [("UniqueID", _hole!)], cancellationToken);
            return true;
        }
        catch (SoapFaultException fault)
        {
            return fault.Code == NoSuchEntry ? false : throw UpnpFaults.Told(path, fault);
        }
    }

    public async Task<TimeSpan?> UnmapAsync(PortMapping mapping, CancellationToken cancellationToken)
    {
        try
        {
            await _soap.CallAsync(_service!, "DeletePinhole", [("UniqueID", _hole!)], cancellationToken);
        }
        catch (SoapFaultException fault) when (fault.Code == NoSuchEntry)
        {
        }
        catch (SoapFaultException fault)
        {
            throw UpnpFaults.Told(path, fault);
        }

        return null;
    }

    public void Dispose() => _soap.Dispose();

    private PortMapping Made(MappingWish wish) => new(wish.InsidePort, wish.InsidePort, path.Own, wish.Lease);

    private async Task<bool> TryRenewAsync(IgdService service, string hole, string seconds, CancellationToken cancellationToken)
    {
        try
        {
            await _soap.CallAsync(service, "UpdatePinhole", [("UniqueID", hole), ("NewLeaseTime", seconds)], cancellationToken);
            return true;
        }
        catch (SoapFaultException)
        {
            _hole = null;
            return false;
        }
    }

    private async Task<IgdService> FindAsync(CancellationToken cancellationToken)
    {
        Uri location = await SsdpSearch.FindAsync(path, cancellationToken);
        IReadOnlyList<IgdService> all = IgdDescription.Read(location, await _soap.GetAsync(location, cancellationToken), path);
        return all.FirstOrDefault(service => service.Type == IgdDescription.Firewall)
            ?? throw new RouterException(RouterFailure.Silent, $"The router {path.Router} answers by UPnP, but opens nothing of IPv6 by it.");
    }
}
