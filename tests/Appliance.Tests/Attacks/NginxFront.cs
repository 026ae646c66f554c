using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using Appliance.Tests.Hosting;
using Appliance.Tests.Sources.Remote;

namespace Appliance.Tests.Attacks;

/// <summary>A real nginx in front of a box, which keeps its connections to it and writes down what it passes on. Skips the test where there is none.</summary>
internal sealed class NginxFront : IAsyncDisposable
{
    private const string Program = "/usr/sbin/nginx";

    private readonly Process process;
    private readonly string log;

    private NginxFront(Process process, string log, int port)
    {
        this.process = process;
        this.log = log;
        Address = new($"http://127.0.0.1:{port}");
    }

    public Uri Address { get; }

    /// <param name="folder">Its own.</param>
    /// <param name="box">What it stands in front of.</param>
    public static async Task<NginxFront> StartAsync(string folder, Uri box)
    {
        Assert.SkipUnless(File.Exists(Program), "nginx is not on this machine.");
        int port = NginxOrigin.FreePort();
        string configuration = Path.Combine(folder, "nginx.conf");
        await File.WriteAllTextAsync(configuration, $$"""
            {{(Environment.IsPrivilegedProcess ? "user root;" : "")}}
            worker_processes 1;
            daemon off;
            pid {{folder}}/nginx.pid;
            error_log {{folder}}/nginx.log;
            events { worker_connections 256; }
            http {
              log_format passed '$request_method $request_uri $upstream_status';
              access_log {{folder}}/access.log passed;
              client_body_temp_path {{folder}}/body;
              proxy_temp_path {{folder}}/proxy;
              fastcgi_temp_path {{folder}}/fastcgi;
              uwsgi_temp_path {{folder}}/uwsgi;
              scgi_temp_path {{folder}}/scgi;
              client_body_timeout 5s;
              client_header_timeout 5s;
              upstream box { server {{box.Host}}:{{box.Port}}; keepalive 4; }
              server {
                listen 127.0.0.1:{{port}};
                location / {
                  proxy_pass http://box;
                  proxy_http_version 1.1;
                  proxy_set_header Connection "";
                  proxy_set_header Host localhost;
                  proxy_request_buffering off;
                  proxy_next_upstream off;
                }
              }
            }
            """);
        var nginx = new NginxFront(Process.Start(new ProcessStartInfo(Program, ["-c", configuration, "-e", $"{folder}/nginx.log"]))!, Path.Combine(folder, "access.log"), port);
        await Until.HoldsAsync(async () =>
        {
            using var client = new TcpClient();
            try
            {
                await client.ConnectAsync(IPAddress.Loopback, port, TestContext.Current.CancellationToken);
                return !nginx.process.HasExited;
            }
            catch (SocketException)
            {
                return false;
            }
        });
        return nginx;
    }

    /// <summary>Ends it.</summary>
    /// <returns>What it passed on, as method and address of each request.</returns>
    public async Task<string[]> StopAsync()
    {
        if (!process.HasExited)
        {
            // Asked to quit, it first answers what is open.
            Process.Start("kill", ["-QUIT", $"{process.Id}"]).Dispose();
            await process.WaitForExitAsync(TestContext.Current.CancellationToken);
        }

        return [.. File.ReadLines(log).Select(line => line.Split(' ')).Where(parts => parts[^1] != "-").Select(parts => $"{parts[0]} {parts[1]}")];
    }

    public async ValueTask DisposeAsync()
    {
        if (!process.HasExited)
        {
            Process.Start("kill", ["-TERM", $"{process.Id}"]).Dispose();
            await process.WaitForExitAsync(CancellationToken.None);
        }

        process.Dispose();
    }
}
