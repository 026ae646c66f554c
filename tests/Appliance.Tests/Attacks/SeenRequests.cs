using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.DependencyInjection;

namespace Appliance.Tests.Attacks;

/// <summary>Writes down each request that reaches the box.</summary>
internal sealed class SeenRequests : IStartupFilter
{
    public List<string> Requests { get; } = [];

    public void Add(WebApplicationBuilder builder) => builder.Services.AddSingleton<IStartupFilter>(this);

    public Action<IApplicationBuilder> Configure(Action<IApplicationBuilder> next) => app =>
    {
        app.Use((context, rest) =>
        {
            lock (Requests)
            {
                Requests.Add($"{context.Request.Method} {context.Request.Path}{context.Request.QueryString}");
            }

            return rest(context);
        });
        next(app);
    };
}
