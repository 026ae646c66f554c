namespace Appliance.Access.Sessions;

/// <summary>The cookie that carries a session's id: kept from scripts, sent with this box's own page's requests only, and under TLS with nothing else.</summary>
internal static class SessionCookie
{
    private const string PlainName = "appliance";

    /// <summary>Browsers take a cookie of such a name only over TLS, for the whole of this host and no other (RFC 6265bis, 4.1.3.2).</summary>
    private const string SecureName = "__Host-appliance";

    public static string? Read(HttpRequest request) => request.Cookies[NameFor(request)];

    public static void Write(HttpResponse response, string id) =>
        response.Cookies.Append(NameFor(response.HttpContext.Request), id, Options(response.HttpContext.Request, SessionBook.WholeLife));

    public static void Remove(HttpResponse response) =>
        response.Cookies.Append(NameFor(response.HttpContext.Request), "", Options(response.HttpContext.Request, TimeSpan.Zero));

    private static string NameFor(HttpRequest request) => request.IsHttps ? SecureName : PlainName;

    private static CookieOptions Options(HttpRequest request, TimeSpan age) =>
        new() { HttpOnly = true, SameSite = SameSiteMode.Strict, Secure = request.IsHttps, Path = "/", MaxAge = age };
}
