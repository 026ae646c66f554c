using System.Globalization;
using System.Net;
using System.Security.Cryptography;
using Appliance.Network.Mapping;

namespace Appliance.Network.Upnp;

/// <summary>Asks a gateway by UPnP IGD, of either version, for a port of IPv4.</summary>
internal sealed class UpnpMapper(RouterPath path) : IPortMapper
{
    private const int NotAuthorized = 606;
    private const int NoSuchEntry = 714;
    private const int Conflict = 718;
    private const int SamePorts = 724;
    private const int OnlyPermanent = 725;

    /// <summary>Other ports that are tried where one is taken: by chance, since whoever took the first may have the next too.</summary>
    private const int OtherPorts = 6;

    private const int LowestOther = 20_000;
    private const int HighestOther = 60_000;

    private readonly SoapClient _soap = new(path);
    private IgdService? _service;

    public string Language => "UPnP IGD";

    public async Task<PortMapping> MapAsync(MappingWish wish, CancellationToken cancellationToken)
    {
        IPAddress? address = null;
        try
        {
            IgdService service = _service ??= await FindAsync(cancellationToken);
            IReadOnlyDictionary<string, string> outside = await _soap.CallAsync(service, "GetExternalIPAddress", [], cancellationToken);
            address = IPAddress.TryParse(outside.GetValueOrDefault("NewExternalIPAddress"), out IPAddress? told)
                && told.AddressFamily == System.Net.Sockets.AddressFamily.InterNetwork && !told.Equals(IPAddress.Any) ? told : null;
            int port = wish.OutsidePort;
            for (int i = 0; ; i++)
            {
                if (await IsFreeOrOursAsync(service, port, cancellationToken) && await TryAddAsync(service, wish, port, cancellationToken) is { } made)
                {
                    return made with { Outside = address };
                }

                if (i == OtherPorts)
                {
                    throw new RouterException(RouterFailure.PortTaken, $"The router {path.Router} says by UPnP that port {wish.OutsidePort} and {OtherPorts} others are taken, or may not be opened.");
                }

                port = RandomNumberGenerator.GetInt32(LowestOther, HighestOther);
            }
        }
        catch (SoapFaultException fault)
        {
            RouterException failure = Failure(fault);
            throw address is null && failure.Failure == RouterFailure.Refused
                ? new RouterException(RouterFailure.Offline, $"The router {path.Router} says no by UPnP, and tells no address of its own on the Internet (error {fault.Code}).")
                : new RouterException(failure.Failure, failure.Message) { Outside = address };
        }
    }

    public async Task<bool> HoldsAsync(PortMapping mapping, CancellationToken cancellationToken)
    {
        try
        {
            return await IsOursAsync(_service!, mapping.OutsidePort, mapping.InsidePort, cancellationToken) is true;
        }
        catch (SoapFaultException fault)
        {
            throw Failure(fault);
        }
    }

    public async Task<TimeSpan?> UnmapAsync(PortMapping mapping, CancellationToken cancellationToken)
    {
        try
        {
            await _soap.CallAsync(
                _service!, "DeletePortMapping", [("NewRemoteHost", ""), ("NewExternalPort", Text(mapping.OutsidePort)), ("NewProtocol", "TCP")], cancellationToken);
        }
        catch (SoapFaultException fault) when (fault.Code == NoSuchEntry)
        {
        }
        catch (SoapFaultException fault)
        {
            throw Failure(fault);
        }

        return null;
    }

    public void Dispose() => _soap.Dispose();

    /// <summary>The connection that says it is connected, or else the first.</summary>
    private async Task<IgdService> FindAsync(CancellationToken cancellationToken)
    {
        Uri location = await SsdpSearch.FindAsync(path, cancellationToken);
        IReadOnlyList<IgdService> all = IgdDescription.Read(location, await _soap.GetAsync(location, cancellationToken), path);
        IgdService[] connections = [.. IgdDescription.Connections.SelectMany(type => all.Where(service => service.Type == type))];
        foreach (IgdService connection in connections.Length > 1 ? connections : [])
        {
            try
            {
                if ((await _soap.CallAsync(connection, "GetStatusInfo", [], cancellationToken)).GetValueOrDefault("NewConnectionStatus") == "Connected")
                {
                    return connection;
                }
            }
            catch (SoapFaultException)
            {
            }
        }

        return connections.FirstOrDefault() ?? throw new RouterException(RouterFailure.Silent, $"The router {path.Router} answers by UPnP, but opens no ports by it.");
    }

    /// <summary>Asked beforehand, because some gateways of version 1 give a port that another has to whoever asks last.</summary>
    private async Task<bool> IsFreeOrOursAsync(IgdService service, int port, CancellationToken cancellationToken) =>
        await IsOursAsync(service, port, insidePort: null, cancellationToken) is not false;

    /// <returns>Null where nobody has it, or the gateway does not say.</returns>
    private async Task<bool?> IsOursAsync(IgdService service, int port, int? insidePort, CancellationToken cancellationToken)
    {
        try
        {
            IReadOnlyDictionary<string, string> entry = await _soap.CallAsync(
                service, "GetSpecificPortMappingEntry", [("NewRemoteHost", ""), ("NewExternalPort", Text(port)), ("NewProtocol", "TCP")], cancellationToken);
            return IPAddress.TryParse(entry.GetValueOrDefault("NewInternalClient"), out IPAddress? client) && client.Equals(path.Own)
                && (insidePort is null || entry.GetValueOrDefault("NewInternalPort") == Text(insidePort.Value));
        }
        catch (SoapFaultException fault) when (fault.Code is NoSuchEntry or NotAuthorized)
        {
            return null;
        }
    }

    /// <returns>Null where the port is somebody else's.</returns>
    private async Task<PortMapping?> TryAddAsync(IgdService service, MappingWish wish, int port, CancellationToken cancellationToken)
    {
        try
        {
            await AddAsync(service, wish.InsidePort, port, (int)wish.Lease.TotalSeconds, cancellationToken);
            return new(wish.InsidePort, port, null, wish.Lease);
        }
        catch (SoapFaultException fault) when (fault.Code == Conflict)
        {
            return null;
        }
        catch (SoapFaultException fault) when (fault.Code == OnlyPermanent)
        {
            await AddAsync(service, wish.InsidePort, port, 0, cancellationToken);
            return new(wish.InsidePort, port, null, null);
        }
        catch (SoapFaultException fault) when (fault.Code == SamePorts && port != wish.InsidePort)
        {
            await AddAsync(service, wish.InsidePort, wish.InsidePort, (int)wish.Lease.TotalSeconds, cancellationToken);
            return new(wish.InsidePort, wish.InsidePort, null, wish.Lease);
        }
    }

    private async Task AddAsync(IgdService service, int insidePort, int outsidePort, int seconds, CancellationToken cancellationToken) => await _soap.CallAsync(
        service,
        "AddPortMapping",
        [
            ("NewRemoteHost", ""), ("NewExternalPort", Text(outsidePort)), ("NewProtocol", "TCP"), ("NewInternalPort", Text(insidePort)),
            ("NewInternalClient", path.Own.ToString()), ("NewEnabled", "1"), ("NewPortMappingDescription", "Appliance"), ("NewLeaseDuration", Text(seconds)),
        ],
        cancellationToken);

    private RouterException Failure(SoapFaultException fault) => UpnpFaults.Told(path, fault);

    private static string Text(int number) => number.ToString(CultureInfo.InvariantCulture);
}
