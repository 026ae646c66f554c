using System.Net;
using System.Security;
using System.Text;
using System.Xml;
using Appliance.Network.Mapping;

namespace Appliance.Network.Upnp;

/// <summary>Has a gateway do what its services offer (UPnP Device Architecture 2.0, 3.2).</summary>
internal sealed class SoapClient(RouterPath path) : IDisposable
{
    /// <summary>A slow router takes a second or two.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(5);

    private readonly HttpClient _http = new(new SocketsHttpHandler
    {
        AllowAutoRedirect = false,
        UseProxy = false,
        UseCookies = false,
        ConnectTimeout = TimeSpan.FromSeconds(3),
        MaxConnectionsPerServer = 2,
        MaxResponseHeadersLength = 16,
        PooledConnectionLifetime = TimeSpan.FromSeconds(10),
        ConnectCallback = (context, cancellationToken) => ConnectAsync(path, context.DnsEndPoint, cancellationToken),
    })
    {
        Timeout = Patience,
        MaxResponseContentBufferSize = SafeXml.LargestBytes,
    };

    /// <summary>A document, as it is.</summary>
    /// <exception cref="RouterException">It does not come.</exception>
    public async Task<byte[]> GetAsync(Uri address, CancellationToken cancellationToken)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, address);
        (HttpStatusCode status, byte[] body) = await SendAsync(request, cancellationToken);
        return status == HttpStatusCode.OK ? body : throw new RouterException(RouterFailure.Silent, $"The router {path.Router} does not describe itself by UPnP: it answers {(int)status}.");
    }

    /// <summary>Asks for one action.</summary>
    /// <returns>What it gives out, by name.</returns>
    /// <exception cref="SoapFaultException">The gateway says no, with a number.</exception>
    /// <exception cref="RouterException">It does not answer, or what makes no sense.</exception>
    public async Task<IReadOnlyDictionary<string, string>> CallAsync(
        IgdService service, string action, IReadOnlyList<(string Name, string Value)> arguments, CancellationToken cancellationToken)
    {
        string inner = string.Concat(arguments.Select(argument => $"<{argument.Name}>{SecurityElement.Escape(argument.Value)}</{argument.Name}>"));
        string body = $"""
            <?xml version="1.0"?>
            <s:Envelope xmlns:s="http://schemas.xmlsoap.org/soap/envelope/" s:encodingStyle="http://schemas.xmlsoap.org/soap/encoding/"><s:Body><u:{action} xmlns:u="{service.Type}">{inner}</u:{action}></s:Body></s:Envelope>
            """;
        using var request = new HttpRequestMessage(HttpMethod.Post, service.Control) { Content = new ByteArrayContent(Encoding.UTF8.GetBytes(body)) };
        request.Content.Headers.TryAddWithoutValidation("Content-Type", "text/xml; charset=\"utf-8\"");
        request.Headers.TryAddWithoutValidation("SOAPAction", $"\"{service.Type}#{action}\"");
        (HttpStatusCode status, byte[] answer) = await SendAsync(request, cancellationToken);
        IReadOnlyDictionary<string, string> values = Values(answer);
        if (status == HttpStatusCode.OK)
        {
            return values;
        }

        throw int.TryParse(values.GetValueOrDefault("errorCode"), out int code)
            ? new SoapFaultException(code)
            : new RouterException(RouterFailure.Garbled, $"The router {path.Router} answers {(int)status} by UPnP and gives no reason.");
    }

    public void Dispose() => _http.Dispose();

    /// <summary>The text of all elements, by their names.</summary>
    internal static IReadOnlyDictionary<string, string> Values(byte[] document)
    {
        const int Most = 64;
        var values = new Dictionary<string, string>();
        try
        {
            using XmlReader reader = SafeXml.Open(document);
            string name = "";
            while (reader.Read() && values.Count < Most)
            {
                if (reader.NodeType == XmlNodeType.Element)
                {
                    name = reader.LocalName;
                }
                else if (reader.NodeType is XmlNodeType.Text or XmlNodeType.CDATA && reader.Value.Length <= SafeXml.LongestText)
                {
                    values[name] = reader.Value.Trim();
                }
            }
        }
        catch (XmlException)
        {
            throw new RouterException(RouterFailure.Garbled, "The router's answer by UPnP cannot be read.");
        }

        return values;
    }

    private async Task<(HttpStatusCode Status, byte[] Body)> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        try
        {
            using HttpResponseMessage answer = await _http.SendAsync(request, HttpCompletionOption.ResponseContentRead, cancellationToken);
            return (answer.StatusCode, await answer.Content.ReadAsByteArrayAsync(cancellationToken));
        }
        catch (HttpRequestException exception)
        {
            throw new RouterException(RouterFailure.Silent, $"The router {path.Router} cannot be asked by UPnP: {exception.Message}");
        }
        catch (TaskCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            throw new RouterException(RouterFailure.Silent, $"The router {path.Router} does not answer by UPnP in time.");
        }
    }

    /// <summary>From the box's own address: a gateway opens ports for whoever asks, and of IPv6 there are several to ask from.</summary>
    private static async ValueTask<Stream> ConnectAsync(RouterPath path, DnsEndPoint place, CancellationToken cancellationToken)
    {
        var socket = new System.Net.Sockets.Socket(path.Own.AddressFamily, System.Net.Sockets.SocketType.Stream, System.Net.Sockets.ProtocolType.Tcp) { NoDelay = true };
        try
        {
            socket.Bind(new IPEndPoint(path.Own, 0));
            await socket.ConnectAsync(new IPEndPoint(IPAddress.Parse(place.Host.Trim('[', ']')), place.Port), cancellationToken);
            return new System.Net.Sockets.NetworkStream(socket, ownsSocket: true);
        }
        catch
        {
            socket.Dispose();
            throw;
        }
    }
}
