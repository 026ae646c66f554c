namespace Appliance.Access;

/// <summary>Lets players on other sites read what is needed to play (the CORS protocol of the Fetch standard). What
/// changes anything, and whatever wants the token, stays with the box's own page.</summary>
internal static class CrossOrigin
{
    public static void UseCrossOrigin(this WebApplication app) => app.Use(Answer);

    private static Task Answer(HttpContext context, RequestDelegate next)
    {
        string method = context.Request.Method;
        bool reading = HttpMethods.IsGet(method) || HttpMethods.IsHead(method);
        if (!context.Request.Path.StartsWithSegments("/v1/sources") || !(reading || HttpMethods.IsOptions(method)))
        {
            return next(context);
        }

        IHeaderDictionary headers = context.Response.Headers;
        headers.AccessControlAllowOrigin = "*";
        headers.AccessControlExposeHeaders = "ETag, Content-Length, Content-Range, Server-Timing, Retry-After, CMSD-Static, CMSD-Dynamic";
        headers["Timing-Allow-Origin"] = "*";
        headers["Cross-Origin-Resource-Policy"] = "cross-origin";
        if (reading)
        {
            return next(context);
        }

        headers.AccessControlAllowMethods = "GET, HEAD, OPTIONS";
        headers.AccessControlAllowHeaders = "Range, If-None-Match, If-Range, CMCD-Request, CMCD-Object, CMCD-Session, CMCD-Status";
        headers.AccessControlMaxAge = "86400";
        headers.Allow = "GET, HEAD, OPTIONS";
        context.Response.StatusCode = StatusCodes.Status204NoContent;
        return Task.CompletedTask;
    }
}
