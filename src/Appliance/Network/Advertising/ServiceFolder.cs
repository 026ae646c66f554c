using Appliance.Startup;

namespace Appliance.Network.Advertising;

/// <summary>Where avahi takes up what is to be announced.</summary>
/// <param name="Path">Absolute.</param>
/// <param name="Daemon">A file that is there while the daemon runs.</param>
internal sealed record ServiceFolder(string Path, string Daemon)
{
    public const string Variable = "APPLIANCE_AVAHI_SERVICES";

    /// <summary>The system's, unless the environment names another.</summary>
    /// <exception cref="UsageException">What it names is no absolute path.</exception>
    public static ServiceFolder OfThisMachine() => Of(Environment.GetEnvironmentVariable(Variable));

    internal static ServiceFolder Of(string? named) => new(
        named is not { Length: > 0 } path ? "/etc/avahi/services"
        : System.IO.Path.IsPathFullyQualified(path) ? path
        : throw new UsageException($"{Variable} must be the absolute path of a folder, not {path}."),
        "/run/avahi-daemon/pid");
}
