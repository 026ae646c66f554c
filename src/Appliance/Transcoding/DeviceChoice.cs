using Appliance.Startup;
using Transcode.Engine.Workers;

namespace Appliance.Transcoding;

/// <summary>How people say whether pictures may be made on a graphics device.</summary>
internal static class DeviceChoice
{
    public const string Usage = "auto (where it is quicker) or off";

    /// <param name="text">What was written; null for the default.</param>
    /// <exception cref="UsageException">It makes no sense; the message is one line for a person.</exception>
    public static DeviceUse Parse(string? text) => text switch
    {
        null or "auto" => DeviceUse.Graphics,
        "off" => DeviceUse.None,
        _ => throw new UsageException($"--gpu wants {Usage}, not {text}."),
    };
}
