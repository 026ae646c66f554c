using System.Diagnostics;
using System.Net;
using System.Net.Sockets;

namespace Appliance.Bench;

/// <summary>nginx as one would set it up for static files: sendfile, a worker a core, no log of accesses.</summary>
internal sealed class Nginx : IAsyncDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(10);

    private readonly Process process;

    private Nginx(Process process, Uri address)
    {
        this.process = process;
        Address = address;
    }

    public Uri Address { get; }

    /// <summary>Of its workers, who do all the work.</summary>
    public TimeSpan Cpu => ProcessTime.OfChildren(process.Id);

    /// <param name="folder">Its own; what lies under <c>www</c> is served.</param>
    public static async Task<Nginx> StartAsync(string folder)
    {
        int port = FreePort();
        string configuration = Path.Combine(folder, "nginx.conf");
        await File.WriteAllTextAsync(configuration, $$"""
            worker_processes auto;
            daemon off;
            pid {{folder}}/nginx.pid;
            error_log {{folder}}/nginx.log;
            events { worker_connections 1024; }
            http {
              access_log off;
              sendfile on;
              tcp_nopush on;
              keepalive_requests 100000000;
              server { listen 127.0.0.1:{{port}}; root {{folder}}/www; }
            }
            """);
        var nginx = new Nginx(Process.Start(new ProcessStartInfo("/usr/sbin/nginx", ["-c", configuration]))!, new($"http://127.0.0.1:{port}/"));
        for (long started = Stopwatch.GetTimestamp(); !await nginx.AnswersAsync(port); await Task.Delay(20))
        {
            if (nginx.process.HasExited || Stopwatch.GetElapsedTime(started) > Patience)
            {
                await nginx.DisposeAsync();
                throw new BenchException("nginx did not start.");
            }
        }

        return nginx;
    }

    /// <summary>Its master ends its workers when it is asked to end.</summary>
    public async ValueTask DisposeAsync()
    {
        if (!process.HasExited)
        {
            using Process stop = Process.Start("kill", ["-TERM", $"{process.Id}"]);
            await stop.WaitForExitAsync();
            await process.WaitForExitAsync();
        }

        process.Dispose();
    }

    private async Task<bool> AnswersAsync(int port)
    {
        using var client = new TcpClient();
        try
        {
            await client.ConnectAsync(IPAddress.Loopback, port);
            return !process.HasExited;
        }
        catch (SocketException)
        {
            return false;
        }
    }

    private static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }
}
