using Appliance.Access.Links;

namespace Appliance.Access;

/// <summary>Lets players on other sites read what is needed to play, and apps there order what they pay for (the CORS protocol of the Fetch
/// standard). They show a key or a playback address: what a browser would send by itself, a cookie or its place in the home network, counts for none
/// of this. Whatever else changes anything stays with the box's own page.</summary>
internal static class CrossOrigin
{
    private const string Reading = "GET, HEAD, OPTIONS";

    private static readonly (PathString Path, string Methods)[] Open =
    [
        (PlayLink.Prefix.TrimEnd('/'), Reading),
        ("/v1/sources", Reading),
        ("/v1/prices", Reading),
        ("/v1/weights", Reading),
        ("/v1/log", Reading),
        ("/v1/epochs", Reading),
        ("/v1/identity", Reading),
        ("/v1/quotes", "POST, OPTIONS"),
        ("/v1/orders", "GET, HEAD, POST, OPTIONS"),
    ];

    public static void UseCrossOrigin(this WebApplication app) => app.Use(Answer);

    private static Task Answer(HttpContext context, RequestDelegate next)
    {
        string method = context.Request.Method;
        string? methods = Array.Find(Open, open => context.Request.Path.StartsWithSegments(open.Path)).Methods;
        if (methods is null || !methods.Split(", ").Contains(method))
        {
            return next(context);
        }

        IHeaderDictionary headers = context.Response.Headers;
        headers.AccessControlAllowOrigin = "*";
        headers.AccessControlExposeHeaders = "ETag, Content-Length, Content-Range, Server-Timing, Retry-After, CMSD-Static, CMSD-Dynamic";
        headers["Timing-Allow-Origin"] = "*";
        headers["Cross-Origin-Resource-Policy"] = "cross-origin";
        if (!HttpMethods.IsOptions(method))
        {
            return next(context);
        }

        headers.AccessControlAllowMethods = methods;
        headers.AccessControlAllowHeaders = "Authorization, Content-Type, Range, If-None-Match, If-Range, CMCD-Request, CMCD-Object, CMCD-Session, CMCD-Status";
        headers.AccessControlMaxAge = "86400";
        headers.Allow = methods;
        context.Response.StatusCode = StatusCodes.Status204NoContent;
        return Task.CompletedTask;
    }
}
