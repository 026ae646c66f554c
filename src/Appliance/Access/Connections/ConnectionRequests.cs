namespace Appliance.Access.Connections;

/// <summary>Says when something is asked on a connection: before all else that a request goes through.</summary>
internal sealed class ConnectionRequests(ConnectionPlaces places) : IStartupFilter
{
    public Action<IApplicationBuilder> Configure(Action<IApplicationBuilder> next) => app =>
    {
        app.Use(CountAsync);
        next(app);
    };

    private async Task CountAsync(HttpContext context, RequestDelegate next)
    {
        if (context.Features.Get<ConnectionPlace>() is not { } place)
        {
            await next(context);
            return;
        }

        places.Begin(place);
        try
        {
            await next(context);
        }
        finally
        {
            places.Finish(place);
        }
    }
}
