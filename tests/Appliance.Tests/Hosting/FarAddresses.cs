using System.Net;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;

namespace Appliance.Tests.Hosting;

/// <summary>Has a request of this machine come from elsewhere, as its header says: a stranger's connection wants a network of its own, which
/// <c>StrangerTests</c> has.</summary>
internal sealed class FarAddresses : IStartupFilter
{
    public const string Header = "Test-Address";

    /// <summary>Of TEST-NET-3 (RFC 5737), which is nobody's home.</summary>
    public const string Stranger = "203.0.113.5";

    public Action<IApplicationBuilder> Configure(Action<IApplicationBuilder> next) => app =>
    {
        app.Use((context, rest) =>
        {
            if (context.Request.Headers[Header] is [{ } address])
            {
                context.Connection.RemoteIpAddress = IPAddress.Parse(address);
            }

            return rest(context);
        });
        next(app);
    };
}
