using System.Net;
using Appliance.Access.Tls;

namespace Appliance.Startup;

/// <summary>What a start says to the person who started it.</summary>
internal static class Announcement
{
    /// <param name="options">What was asked for.</param>
    /// <param name="port">What was had.</param>
    /// <param name="files">How many files were taken in.</param>
    /// <param name="code">The set-up code; null where there is an owner.</param>
    /// <param name="certificate">What it is served over TLS with, or null.</param>
    public static string Text(ApplianceOptions options, int port, int files, string? code, BoxCertificate? certificate)
    {
        var lines = new List<string>
        {
            "",
            $"  Appliance {ApplianceVersion.Text}",
            $"  Page     {PageAddress(options.ListenAddress, port, certificate is null ? "http" : "https")}",
            $"  Serving  {Served(options, files)}",
            $"  Data     {options.DataFolder}",
        };
        if (certificate is not null)
        {
            lines.Add($"  TLS      SHA-256 {certificate.Fingerprint}");
            lines.Add(TlsListening.HasHttp3 ? "           HTTP/1.1, HTTP/2 and HTTP/3" : "           HTTP/1.1 and HTTP/2; HTTP/3 wants libmsquic, which is not on this machine");
        }

        if (code is not null)
        {
            lines.Add(Code(code));
        }

        lines.Add("");
        return string.Join('\n', lines);
    }

    /// <summary>What is said of a set-up code.</summary>
    public static string Code(string code) =>
        $"  Set-up   {code}\n           Give this code on the page to set the owner's password. It is shown here only, and works once.";

    private static string PageAddress(IPAddress listen, int port, string scheme)
    {
        string host = IPAddress.IsLoopback(listen) || listen.Equals(IPAddress.Any) || listen.Equals(IPAddress.IPv6Any)
            ? "localhost"
            : listen.AddressFamily == System.Net.Sockets.AddressFamily.InterNetworkV6 ? $"[{listen}]" : listen.ToString();
        return IPAddress.IsLoopback(listen)
            ? $"{scheme}://{(listen.Equals(IPAddress.IPv6Loopback) ? "[::1]" : host)}:{port}/"
            : $"{scheme}://{host}:{port}/   (listening on {listen}: others on the network can reach it)";
    }

    private static string Served(ApplianceOptions options, int files) => (options.Paths.Count, files) switch
    {
        (0, _) => "nothing yet: name a file or a folder, as in appliance ~/Videos",
        (1, 1) => options.Paths[0],
        (_, 1) => "1 file",
        _ => $"{files} files",
    };
}
