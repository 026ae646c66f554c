using Appliance.Idempotency;
using Appliance.Problems;
using Appliance.Startup;

namespace Appliance.Access;

/// <summary>Who may ask for what.</summary>
internal static class AccessRules
{
    public static void UseAccessRules(this WebApplication app)
    {
        if (app.Services.GetRequiredService<ApplianceOptions>().LoopbackOnly)
        {
            app.Use(CheckHost);
        }

        app.Use(app.Services.GetRequiredService<Gate>().PassAsync);
        app.Use(app.Services.GetRequiredService<Repeating>().PassAsync);
    }

    /// <summary>A page of a foreign site can have its name resolve to 127.0.0.1 and then read what this box answers (DNS
    /// rebinding). It cannot choose the Host header, which keeps the foreign name.</summary>
    private static Task CheckHost(HttpContext context, RequestDelegate next) => RequestOrigin.IsLoopbackName(context.Request)
        ? next(context)
        : Problem.WriteAsync(
            context,
            StatusCodes.Status421MisdirectedRequest,
            "This appliance listens to its own machine only. Open it as localhost, or start it with --listen.");
}
