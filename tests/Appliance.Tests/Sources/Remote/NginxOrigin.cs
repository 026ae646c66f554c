using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using Appliance.Tests.Hosting;

namespace Appliance.Tests.Sources.Remote;

/// <summary>A real nginx with a folder of films: with ranges under <c>/</c>, without under <c>/whole/</c>, slow under <c>/slow/</c>, by a redirect under <c>/moved/</c>.
/// Skips the test where there is none.</summary>
internal sealed class NginxOrigin : IAsyncDisposable
{
    private const string Program = "/usr/sbin/nginx";

    private readonly Process process;

    private NginxOrigin(Process process, string folder, int port)
    {
        this.process = process;
        Films = Path.Combine(folder, "www");
        Port = port;
    }

    public string Films { get; }

    public int Port { get; }

    /// <param name="folder">Its own.</param>
    /// <param name="port">Null for a free one.</param>
    /// <param name="certificate">A file of a certificate and its key, for TLS; null for plain HTTP.</param>
    public static async Task<NginxOrigin> StartAsync(string folder, int? port = null, string? certificate = null)
    {
        Assert.SkipUnless(File.Exists(Program), "nginx is not on this machine.");
        int own = port ?? FreePort();
        Directory.CreateDirectory(Path.Combine(folder, "www"));
        string configuration = Path.Combine(folder, "nginx.conf");
        await File.WriteAllTextAsync(configuration, $$"""
            {{(Environment.IsPrivilegedProcess ? "user root;" : "")}}
            worker_processes 1;
            daemon off;
            pid {{folder}}/nginx.pid;
            error_log {{folder}}/nginx.log;
            events { worker_connections 256; }
            http {
              access_log {{folder}}/access.log;
              client_body_temp_path {{folder}}/body;
              proxy_temp_path {{folder}}/proxy;
              fastcgi_temp_path {{folder}}/fastcgi;
              uwsgi_temp_path {{folder}}/uwsgi;
              scgi_temp_path {{folder}}/scgi;
              keepalive_requests 7;
              server {
                listen 127.0.0.1:{{own}}{{(certificate is null ? "" : $" ssl; ssl_certificate {certificate}; ssl_certificate_key {certificate}")}};
                root {{folder}}/www;
                location /whole/ { alias {{folder}}/www/; max_ranges 0; }
                location /slow/ { alias {{folder}}/www/; limit_rate 400k; }
                location /moved/ { rewrite ^/moved/(.*)$ /$1 redirect; }
              }
            }
            """);
        var nginx = new NginxOrigin(Process.Start(new ProcessStartInfo(Program, ["-c", configuration, "-e", $"{folder}/nginx.log"]))!, folder, own);
        await Until.HoldsAsync(async () => !nginx.process.HasExited && await AnswersAsync(own));
        return nginx;
    }

    public static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }

    public string Url(string path) => $"http://127.0.0.1:{Port}/{path}";

    public async ValueTask DisposeAsync()
    {
        // Its master ends its workers when it is asked to end.
        Process.Start("kill", ["-TERM", $"{process.Id}"]).Dispose();
        await process.WaitForExitAsync(CancellationToken.None);
        process.Dispose();
    }

    private static async Task<bool> AnswersAsync(int port)
    {
        try
        {
            using var client = new TcpClient();
            await client.ConnectAsync(IPAddress.Loopback, port, TestContext.Current.CancellationToken);
            return true;
        }
        catch (SocketException)
        {
            return false;
        }
    }
}
