using System.Net;
using Appliance.Startup;

namespace Appliance.Sources.Remote;

/// <summary>Machines that the owner named, and that may be asked wherever their addresses are: a server at home. Only the command line names them, so that whoever has the token
/// cannot.</summary>
internal sealed class AllowedOrigins
{
    public static readonly AllowedOrigins None = new([]);

    public const string Usage = "HOST or HOST:PORT, several with commas";

    private readonly HashSet<(string Host, int? Port)> named;

    private AllowedOrigins(IEnumerable<(string Host, int? Port)> named) => this.named = [.. named];

    /// <param name="text">As <c>nas.lan:8080,192.168.1.5,[fd00::5]:81</c>; null for none.</param>
    /// <exception cref="UsageException">It makes no sense; the message is one line for a person.</exception>
    public static AllowedOrigins Parse(string? text) =>
        text is null ? None : new([.. text.Split(',').Select(part => One(part.Trim()) ?? throw new UsageException($"--allow-origin wants {Usage}, not {part.Trim()}."))]);

    /// <param name="host">As in a URL, an IPv6 address without brackets.</param>
    /// <param name="port">1 to 65535.</param>
    public bool Hold(string host, int port) => named.Contains((Canonical(host), port)) || named.Contains((Canonical(host), null));

    private static (string Host, int? Port)? One(string part)
    {
        if (IPAddress.TryParse(part, out IPAddress? address))
        {
            return (Canonical($"{address}"), null);
        }

        bool isUrl = Uri.TryCreate($"http://{part}/", UriKind.Absolute, out Uri? uri) && uri.PathAndQuery == "/" && uri.UserInfo.Length == 0 && HasName(uri);
        return !isUrl || part.Contains('/', StringComparison.Ordinal) ? null : (Canonical(uri!.IdnHost), part.EndsWith($":{uri.Port}", StringComparison.Ordinal) ? uri.Port : null);
    }

    /// <summary>In other letters than ASCII's there are names that only look like some.</summary>
    private static bool HasName(Uri uri)
    {
        try
        {
            return uri.IdnHost.Length > 0;
        }
        catch (UriFormatException)
        {
            return false;
        }
    }

    private static string Canonical(string host) => host.Trim('[', ']').TrimEnd('.').ToLowerInvariant();
}
