using System.Net;
using Appliance.Access;

namespace Appliance.Startup;

/// <summary>What a start says to the person who started it.</summary>
internal static class Announcement
{
    /// <param name="options">What was asked for.</param>
    /// <param name="port">What was had.</param>
    /// <param name="files">How many files were taken in.</param>
    /// <param name="token">The owner's token.</param>
    public static string Text(ApplianceOptions options, int port, int files, OwnerToken token)
    {
        var lines = new List<string>
        {
            "",
            $"  Appliance {ApplianceVersion.Text}",
            $"  Page     {PageAddress(options.ListenAddress, port)}",
            $"  Serving  {Served(options, files)}",
            $"  Data     {options.DataFolder}",
        };
        if (token.Fresh is { } fresh)
        {
            lines.Add($"  Token    {fresh}");
            lines.Add("           The owner's token, shown this once. Lost it? Start with --new-token.");
        }

        lines.Add("");
        return string.Join('\n', lines);
    }

    private static string PageAddress(IPAddress listen, int port)
    {
        string host = IPAddress.IsLoopback(listen) || listen.Equals(IPAddress.Any) || listen.Equals(IPAddress.IPv6Any)
            ? "localhost"
            : listen.AddressFamily == System.Net.Sockets.AddressFamily.InterNetworkV6 ? $"[{listen}]" : listen.ToString();
        return IPAddress.IsLoopback(listen)
            ? $"http://{(listen.Equals(IPAddress.IPv6Loopback) ? "[::1]" : host)}:{port}/"
            : $"http://{host}:{port}/   (listening on {listen}: others on the network can reach it)";
    }

    private static string Served(ApplianceOptions options, int files) => (options.Paths.Count, files) switch
    {
        (0, _) => "nothing yet: name a file or a folder, as in appliance ~/Videos",
        (1, 1) => options.Paths[0],
        (_, 1) => "1 file",
        _ => $"{files} files",
    };
}
