using System.Net;
using System.Net.Sockets;

namespace Appliance.Sources.Remote;

/// <summary>Connects to origins, and only to addresses that may be asked. The very address that was judged is connected to, so that a name which resolves to another one
/// later (DNS rebinding) gains nothing; and every connection is judged anew, also one that a redirect leads to.</summary>
internal sealed class OriginConnections(IOriginNetwork network, AllowedOrigins allowed)
{
    /// <summary>Addresses of one name that are tried; more are left out.</summary>
    private const int AddressLimit = 8;

    /// <summary>Header bytes of one answer, in KiB.</summary>
    private const int HeaderKibibytes = 16;

    /// <summary>A handler whose connections are all made here: without proxies, cookies, credentials, redirects and compression, none of which were judged.</summary>
    public SocketsHttpHandler Handler(OriginLimits limits) => new()
    {
        ConnectCallback = async (context, cancellationToken) => await ConnectAsync(context.DnsEndPoint, cancellationToken),
        AllowAutoRedirect = false,
        AutomaticDecompression = DecompressionMethods.None,
        UseCookies = false,
        UseProxy = false,
        Credentials = null,
        ActivityHeadersPropagator = null,
        ConnectTimeout = limits.Connect,
        MaxConnectionsPerServer = limits.AtOncePerHost,
        MaxResponseHeadersLength = HeaderKibibytes,
        MaxResponseDrainSize = 0,
        PooledConnectionIdleTimeout = TimeSpan.FromSeconds(30),
        PooledConnectionLifetime = TimeSpan.FromMinutes(5),
    };

    /// <summary>Why a URL that names an address cannot be taken, before anything is asked of it.</summary>
    /// <returns>One sentence for a person; null where it can be, and for names, which say nothing until they are resolved.</returns>
    public string? WhyNot(OriginUrl url) =>
        IPAddress.TryParse(url.Uri.IdnHost, out IPAddress? address) && AddressRule.WhyNot(address) is { } kind && !allowed.Hold(url.Uri.IdnHost, url.Uri.Port)
            ? Refusal(kind)
            : null;

    private static string Refusal(string kind) => $"The URL leads to an address {kind}. Only the box's owner can allow that, by --allow-origin HOST where it is started.";

    private async Task<Stream> ConnectAsync(DnsEndPoint place, CancellationToken cancellationToken)
    {
        IPAddress[] found = IPAddress.TryParse(place.Host.Trim('[', ']'), out IPAddress? literal) ? [literal] : await ResolveAsync(place.Host, cancellationToken);
        bool isAllowed = allowed.Hold(place.Host, place.Port);
        IPAddress[] permitted = [.. found.Where(address => isAllowed || AddressRule.WhyNot(address) is null).Take(AddressLimit)];
        if (permitted.Length == 0)
        {
            throw new OriginException(found.Length == 0 ? "The name in the URL has no address." : Refusal(AddressRule.WhyNot(found[0])!));
        }

        for (int i = 0; ; i++)
        {
            try
            {
                return await network.ConnectAsync(new IPEndPoint(permitted[i], place.Port), cancellationToken);
            }
            catch (SocketException exception)
            {
                if (i + 1 == permitted.Length)
                {
                    throw new OriginException("Nobody answers at the URL's address.", mayPass: true, inner: exception);
                }
            }
        }
    }

    private async Task<IPAddress[]> ResolveAsync(string host, CancellationToken cancellationToken)
    {
        try
        {
            return await network.ResolveAsync(host, cancellationToken);
        }
        catch (SocketException exception)
        {
            throw new OriginException("The name in the URL cannot be resolved.", mayPass: exception.SocketErrorCode == SocketError.TryAgain, inner: exception);
        }
    }
}
