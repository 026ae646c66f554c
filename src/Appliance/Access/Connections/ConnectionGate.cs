using System.Net;
using Microsoft.AspNetCore.Connections;
using Microsoft.AspNetCore.Server.Kestrel.Core;

namespace Appliance.Access.Connections;

/// <summary>Gives each connection a place, before a byte of it is read.</summary>
internal static class ConnectionGate
{
    /// <summary>To be the first that sees a connection.</summary>
    public static void UseConnectionPlaces(this ListenOptions listen, ConnectionPlaces places) => listen.Use(next => async connection =>
    {
        IPAddress address = Plain((connection.RemoteEndPoint as IPEndPoint)?.Address ?? IPAddress.None);
        if (places.Enter(address, () => connection.Abort(new ConnectionAbortedException("Others want the place."))) is not { } place)
        {
            connection.Abort(new ConnectionAbortedException("There is no place."));
            return;
        }

        connection.Features.Set(place);
        try
        {
            await next(connection);
        }
        finally
        {
            places.Leave(place);
        }
    });

    private static IPAddress Plain(IPAddress address) => address.IsIPv4MappedToIPv6 ? address.MapToIPv4() : address;
}
