using System.Net.Quic;
using System.Net.Security;
using System.Security.Authentication;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.AspNetCore.Server.Kestrel.Https;

namespace Appliance.Access.Tls;

/// <summary>TLS 1.2 and 1.3 on the box's port, with HTTP/1.1 and HTTP/2 by what the client offers, and HTTP/3 beside them where this machine's .NET can.</summary>
internal static class TlsListening
{
    private static readonly TimeSpan HandshakePatience = TimeSpan.FromSeconds(10);

    /// <summary>Whether there is HTTP/3: it needs libmsquic.</summary>
    public static bool HasHttp3 => (OperatingSystem.IsLinux() || OperatingSystem.IsWindows() || OperatingSystem.IsMacOS()) && QuicListener.IsSupported;

    public static void UseTls(this ListenOptions listen, BoxCertificate certificate)
    {
        listen.Protocols = HasHttp3 ? HttpProtocols.Http1AndHttp2AndHttp3 : HttpProtocols.Http1AndHttp2;
        listen.UsePlainTalk();
        listen.UseHttps(new TlsHandshakeCallbackOptions
        {
            HandshakeTimeout = HandshakePatience,
            OnConnection = _ => ValueTask.FromResult(new SslServerAuthenticationOptions
            {
                EnabledSslProtocols = SslProtocols.Tls12 | SslProtocols.Tls13,
                ServerCertificateContext = certificate.Context,
            }),
        });
    }
}
