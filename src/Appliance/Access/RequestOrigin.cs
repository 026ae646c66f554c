using System.Net;

namespace Appliance.Access;

/// <summary>Where a request came from, besides its address: through which proxy, from whose page, and under which of this box's names.</summary>
internal static class RequestOrigin
{
    /// <summary>What proxies add.</summary>
    private static readonly string[] ProxyHeaders = ["Forwarded", "X-Forwarded-For", "X-Real-IP", "Via"];

    /// <summary>Endings of names that only a home's own resolver answers (RFC 6761, RFC 6762, RFC 8375, and what routers use).</summary>
    private static readonly string[] LocalEndings = [".localhost", ".local", ".home.arpa", ".internal", ".lan", ".home"];

    /// <summary>Whether a proxy says that it asks for somebody else. Its own address then tells nothing of him, and what it says of him is
    /// not believed.</summary>
    public static bool IsProxied(HttpRequest request) => Array.Exists(ProxyHeaders, request.Headers.ContainsKey);

    /// <summary>Whether a page of another host asks, as browsers tell: it borrows the address of whoever looks at it. Other ports of this
    /// host are the household's own.</summary>
    public static bool IsOfAnotherHost(HttpRequest request) =>
        request.Headers["Sec-Fetch-Site"] == "cross-site"
        || (request.Headers.Origin.ToString() is { Length: > 0 } origin
            && !(Uri.TryCreate(origin, UriKind.Absolute, out Uri? page) && page.Host.Trim('[', ']').Equals(HostOf(request), StringComparison.OrdinalIgnoreCase)));

    /// <summary>Whether this box's own page asks, or none: to the letter of scheme, host and port.</summary>
    public static bool IsOwnPage(HttpRequest request) =>
        request.Headers["Sec-Fetch-Site"].ToString() is "" or "same-origin" or "none"
        && (request.Headers.Origin.Count == 0 || request.Headers.Origin == $"{request.Scheme}://{request.Host.Value}");

    /// <summary>Whether the name it was asked by is one that nobody outside can make to lead here. A page of a foreign site can have its own name
    /// resolve to an address of this home (DNS rebinding); its Host header keeps the foreign name. Under TLS the certificate says so.</summary>
    public static bool IsLocalName(HttpRequest request)
    {
        string host = HostOf(request);
        return request.IsHttps
            || IPAddress.TryParse(host, out _)
            || !host.Contains('.', StringComparison.Ordinal)
            || Array.Exists(LocalEndings, ending => host.EndsWith(ending, StringComparison.OrdinalIgnoreCase));
    }

    /// <summary>Whether the name means this machine and no other.</summary>
    public static bool IsLoopbackName(HttpRequest request)
    {
        string host = HostOf(request);
        return host.Equals("localhost", StringComparison.OrdinalIgnoreCase)
            || host.EndsWith(".localhost", StringComparison.OrdinalIgnoreCase)
            || (IPAddress.TryParse(host, out IPAddress? address) && IPAddress.IsLoopback(address));
    }

    private static string HostOf(HttpRequest request) => request.Host.Host.Trim('[', ']');
}
