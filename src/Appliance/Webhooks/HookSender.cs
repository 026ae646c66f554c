using System.Globalization;
using System.Net;
using System.Net.Http.Headers;
using System.Net.Sockets;
using System.Security.Authentication;
using System.Text;
using Appliance.Sources.Remote;
using Appliance.Startup;

namespace Appliance.Webhooks;

/// <summary>Sends one message once. Connections are made by the rule for films on other machines: whoever may name an address could else have the box
/// ask others at home. Each try has a connection of its own, so that each is judged; no redirect is followed, and of an answer nothing is read but its head.</summary>
internal sealed class HookSender(OriginConnections connections, TimeProvider time) : IDisposable
{
    /// <summary>From the first packet to the last header of the answer.</summary>
    public static readonly TimeSpan Patience = TimeSpan.FromSeconds(15);

    private readonly HttpClient client = new(connections.Handler(new OriginLimits())) { Timeout = Timeout.InfiniteTimeSpan };

    public void Dispose() => client.Dispose();

    /// <exception cref="OperationCanceledException">It was ended, and whether it arrived is not known.</exception>
    public async Task<HookAnswer> TryAsync(HookRecord hook, HookMessage message, CancellationToken cancellationToken)
    {
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        patience.CancelAfter(Patience);
        try
        {
            using HttpRequestMessage request = Request(hook, message);
            using HttpResponseMessage response = await client.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, patience.Token);
            return Judge(response);
        }
        catch (Exception exception) when (exception is HttpRequestException or IOException or OperationCanceledException && !cancellationToken.IsCancellationRequested)
        {
            return new(null, Told(exception));
        }
    }

    private HttpRequestMessage Request(HookRecord hook, HookMessage message)
    {
        long now = time.GetUtcNow().ToUnixTimeSeconds();
        var request = new HttpRequestMessage(HttpMethod.Post, hook.Url)
        {
            Version = HttpVersion.Version11,
            VersionPolicy = HttpVersionPolicy.RequestVersionExact,
            Content = new ByteArrayContent(Encoding.UTF8.GetBytes(message.Body)) { Headers = { ContentType = new("application/json") } },
        };
        request.Headers.ConnectionClose = true;
        request.Headers.UserAgent.Add(new ProductInfoHeaderValue("Appliance", ApplianceVersion.Text));
        request.Headers.Add("webhook-id", message.Id);
        request.Headers.Add("webhook-timestamp", now.ToString(CultureInfo.InvariantCulture));
        request.Headers.Add("webhook-signature", HookSecret.Sign(hook.Secret, message.Id, now, message.Body));
        return request;
    }

    private HookAnswer Judge(HttpResponseMessage response)
    {
        int status = (int)response.StatusCode;
        TimeSpan? rest = response.Headers.RetryAfter is not { } wanted ? null : wanted.Delta ?? (wanted.Date - time.GetUtcNow());
        return response.IsSuccessStatusCode ? new(status, null)
            : status is >= 300 and < 400 ? new(status, "The receiver redirects, and redirects are not followed.")
            : new(status, $"The receiver answered {status}.", rest);
    }

    private static string Told(Exception exception)
    {
        for (Exception? cause = exception; cause is not null; cause = cause.InnerException)
        {
            switch (cause)
            {
                case OriginException origin:
                    return origin.Message;
                case AuthenticationException:
                    return "TLS with the receiver failed: its certificate is not one that this machine trusts, or it speaks another version.";
                case OperationCanceledException:
                    return $"The receiver did not answer within {Patience.TotalSeconds:0} seconds.";
                case HttpRequestException { HttpRequestError: HttpRequestError.ConfigurationLimitExceeded or HttpRequestError.InvalidResponse }:
                    return "The receiver's answer is no HTTP, or its head is too long.";
                case SocketException:
                    return "The connection broke before the receiver answered.";
            }
        }

        return "The connection broke before the receiver answered.";
    }
}
