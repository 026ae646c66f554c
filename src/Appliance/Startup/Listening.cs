using System.IO.Compression;
using Appliance.Access.Tls;
using Appliance.Transport;
using Microsoft.AspNetCore.ResponseCompression;
using Microsoft.AspNetCore.Server.Kestrel.Core;

namespace Appliance.Startup;

/// <summary>How the box meets the network.</summary>
internal static class Listening
{
    private static readonly string[] MediaEndings = [".m4s", ".mp4", ".jpg"];

    /// <summary>Connections at once; more wait to be accepted by the system.</summary>
    private const int ConnectionLimit = 512;

    /// <summary>The largest body anyone sends is the path of a file.</summary>
    private const int BodyLimitBytes = 1 << 20;

    private const int HeaderLimitBytes = 16 << 10;

    private const int HeaderLimit = 64;

    private const int RequestLineLimitBytes = 8 << 10;

    private static readonly TimeSpan KeepAlive = TimeSpan.FromMinutes(2);

    private static readonly TimeSpan HeadersTimeout = TimeSpan.FromSeconds(10);

    /// <summary>Streams end when the appliance stops, and segments that players wait for a while later; what is left after this is cut off. Whoever stops containers kills after ten
    /// seconds what has not ended.</summary>
    private static readonly TimeSpan ShutdownTimeout = TimeSpan.FromSeconds(8);

    /// <summary>Playlists and JSON leave compressed. Media is kept away from what would compress: it only puts copies in its way.</summary>
    public static void UseDocumentCompression(this WebApplication app) => app.UseWhen(
        context => !MediaEndings.Any(ending => context.Request.Path.Value!.EndsWith(ending, StringComparison.Ordinal)),
        branch => branch.UseResponseCompression());

    public static void AddListening(this WebApplicationBuilder builder, ApplianceOptions options)
    {
        builder.LimitShutdown();
        builder.WebHost.ConfigureKestrel(kestrel =>
        {
            SetLimits(kestrel);
            kestrel.Listen(options.ListenAddress, options.Port, listen =>
            {
                if (options.Tls is null)
                {
                    listen.UseFileSending();
                }
                else
                {
                    listen.UseTls(kestrel.ApplicationServices.GetRequiredService<BoxCertificate>());
                }
            });
        });
        if (options.Tls is { } tls)
        {
            builder.Services.AddSingleton(provider => ActivatorUtilities.CreateInstance<BoxCertificate>(provider, tls));
            builder.WebHost.UseKestrelHttpsConfiguration();
            if (TlsListening.HasHttp3)
            {
                builder.WebHost.UseQuic();
            }
        }

        builder.WebHost.UseSockets(sockets => sockets.PrepareForFileSending());
        builder.Services.AddResponseCompression(compression =>
        {
            // Media is compressed already.
            compression.MimeTypes = ["application/vnd.apple.mpegurl", "application/dash+xml", "application/json", "application/problem+json"];
            compression.Providers.Add<GzipCompressionProvider>();
        });
        builder.Services.Configure<GzipCompressionProviderOptions>(gzip => gzip.Level = CompressionLevel.Fastest);
    }

    /// <summary>Streams that do not end by themselves do not hold up the end.</summary>
    public static void LimitShutdown(this WebApplicationBuilder builder) =>
        builder.Services.Configure<HostOptions>(host => host.ShutdownTimeout = ShutdownTimeout);

    /// <summary>What anybody may take by connecting and sending.</summary>
    public static void SetLimits(KestrelServerOptions kestrel)
    {
        kestrel.AddServerHeader = false;
        KestrelServerLimits limits = kestrel.Limits;
        limits.MaxConcurrentConnections = ConnectionLimit;
        limits.MaxRequestBodySize = BodyLimitBytes;
        limits.MaxRequestHeadersTotalSize = HeaderLimitBytes;
        limits.MaxRequestHeaderCount = HeaderLimit;
        limits.MaxRequestLineSize = RequestLineLimitBytes;
        limits.KeepAliveTimeout = KeepAlive;
        limits.RequestHeadersTimeout = HeadersTimeout;
    }
}
