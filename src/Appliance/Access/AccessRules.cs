using System.Net;
using Appliance.Problems;
using Appliance.Startup;
using Microsoft.Net.Http.Headers;

namespace Appliance.Access;

/// <summary>Who may ask for what.</summary>
internal static class AccessRules
{
    /// <summary>Puts the owner's token before an endpoint.</summary>
    public static TBuilder RequireOwner<TBuilder>(this TBuilder endpoint)
        where TBuilder : IEndpointConventionBuilder => endpoint.WithMetadata(OwnerOnly.Mark);

    public static IApplicationBuilder UseAccessRules(this WebApplication app)
    {
        if (app.Services.GetRequiredService<ApplianceOptions>().LoopbackOnly)
        {
            app.Use(CheckHost);
        }

        return app.Use(CheckOwner);
    }

    /// <summary>A page of a foreign site can have its name resolve to 127.0.0.1 and then read what this box answers (DNS
    /// rebinding). It cannot choose the Host header, which keeps the foreign name.</summary>
    private static Task CheckHost(HttpContext context, RequestDelegate next)
    {
        string host = context.Request.Host.Host.Trim('[', ']');
        bool own = host.Equals("localhost", StringComparison.OrdinalIgnoreCase)
            || host.EndsWith(".localhost", StringComparison.OrdinalIgnoreCase)
            || (IPAddress.TryParse(host, out IPAddress? address) && IPAddress.IsLoopback(address));
        return own
            ? next(context)
            : Problem.WriteAsync(
                context,
                StatusCodes.Status421MisdirectedRequest,
                "This appliance listens to its own machine only. Open it as localhost, or start it with --listen.");
    }

    /// <summary>Runs before anything of the request is read, so that a stranger learns nothing from how a body is refused.</summary>
    private static Task CheckOwner(HttpContext context, RequestDelegate next)
    {
        if (context.GetEndpoint()?.Metadata.GetMetadata<OwnerOnly>() is null
            || context.RequestServices.GetRequiredService<OwnerToken>().Admits(context.Request.Headers.Authorization))
        {
            return next(context);
        }

        context.Response.Headers[HeaderNames.WWWAuthenticate] = "Bearer realm=\"appliance\"";
        return Problem.WriteAsync(
            context, StatusCodes.Status401Unauthorized, "This wants the owner's token, as Authorization: Bearer TOKEN.");
    }
}
