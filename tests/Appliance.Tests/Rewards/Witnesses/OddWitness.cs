using System.Net;
using System.Security.Cryptography;
using System.Text;
using Appliance.Startup;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;
using global::Rewards.Log;
using global::Rewards.Signing;

namespace Appliance.Tests.Rewards.Witnesses;

/// <summary>Something that answers as a witness does not.</summary>
internal sealed class OddWitness : IAsyncDisposable
{
    private readonly WebApplication app;
    private int asked;

    private OddWitness(Func<HttpContext, WitnessRequest, Task> answer)
    {
        WebApplicationBuilder builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.ConfigureKestrel(kestrel => kestrel.Listen(IPAddress.Loopback, 0));
        app = builder.Build();
        app.Run(async context =>
        {
            Interlocked.Increment(ref asked);
            using var body = new MemoryStream();
            await context.Request.Body.CopyToAsync(body, context.RequestAborted);
            await answer(context, WitnessRequest.Parse(body.ToArray()));
        });
    }

    public static LogKey Secret { get; } = LogKey.FromSecret(SHA256.HashData("odd witness"u8));

    public static NoteKey Key { get; } = new("odd.example", NoteKey.CosignatureType, Secret.PublicKey);

    public string Url => $"http://127.0.0.1:{ApplianceServer.BoundPort(app)}";

    public int Asked => Volatile.Read(ref asked);

    public static async Task<OddWitness> StartAsync(Func<HttpContext, WitnessRequest, Task> answer)
    {
        var witness = new OddWitness(answer);
        await witness.app.StartAsync(TestContext.Current.CancellationToken);
        return witness;
    }

    public static async Task WriteAsync(HttpContext context, int status, string body)
    {
        if (!context.Response.HasStarted)
        {
            context.Response.StatusCode = status;
        }

        await context.Response.Body.WriteAsync(Encoding.UTF8.GetBytes(body), context.RequestAborted);
    }

    public async ValueTask DisposeAsync() => await app.DisposeAsync();
}
