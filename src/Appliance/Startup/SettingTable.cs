using Appliance.Budgets;
using Appliance.Sources.Remote;
using Appliance.Transcoding;
using Appliance.Tuning;

namespace Appliance.Startup;

/// <summary>Every option with a value. The help, the page and what the command line reads come from here; docs/configuration.md is held against it.</summary>
internal static class SettingTable
{
    /// <summary>What is served has no option: it is what else the command line names.</summary>
    public static Setting Serve { get; } = new(
        "serve", "", "nothing", "files and folders that are served; folders are watched", "Films that are put there appear by themselves. Folders can be added on the page too.");

    /// <summary>In the order of the documents.</summary>
    public static IReadOnlyList<Setting> All { get; } =
    [
        new("port", "N", "8080", "port of the page and the API; 0 takes a free one", "It is a part of the address that people open, as in http://box:8080."),
        new("listen", "ADDRESS", "127.0.0.1", "address to listen on; 0.0.0.0 for the home network", "With 127.0.0.1 only this machine reaches the box. 0.0.0.0 lets the home in; :: lets it in by IPv6 too."),
        new("tls", "CERT,KEY", "none", "certificate and key (PEM, as cert.pem,key.pem), or self for one that the box makes", "Without it, passwords and films pass the network as they are. Browsers warn of a certificate that the box made, once."),
        new("cache-quota", "BYTES", "10G", "disk space for finished segments", "What is played again comes from there without being made again. A film in all its rungs takes about as much as the film itself."),
        new("jobs-quota", "BYTES", "50G", "disk space for what jobs make", "A job that fills it waits until there is room."),
        new("uploads-quota", "BYTES", "100G", "disk space for films that are uploaded", "An upload that would not fit is refused at its begin."),
        new("origin-quota", "BYTES", "10G", "disk space for parts of films on other machines", "With more, what was watched of them need not be fetched again."),
        new("allow-origin", "LIST", "none", "machines at home that films may come from, as nas.lan or nas.lan:8080", $"Films from the Internet need no word here. Machines at home do, so that nobody has the box ask them behind their owner's back. Written as {AllowedOrigins.Usage}."),
        new("codecs", "LIST", "h264, and hevc for HDR", "of h264, hevc and av1: what every source is offered in", "Newer codecs look as good with fewer bits, and cost the box several times the work."),
        new("tuning", "CHOICE", "auto", $"what is done to pictures: {TuningChoice.Usage}", "Noise is averaged, bands are smoothed and soft edges sharpened, where a shot needs it."),
        new("tone-map", "CHOICE", "auto", $"how HDR is shown in the standard range: {ToneMapChoice.Usage}", "What is brightest in a shot becomes white. With peak=film that is what the film says of itself, and with a number it is that many cd/m²."),
        new("gpu", "CHOICE", "auto", $"pictures on a graphics device: {DeviceChoice.Usage}", "The pictures are the same to the byte. Turn it off if a driver makes trouble."),
        new("encoder", "CHOICE", "software", "what makes the rungs in H.264: software, auto, or a hardware encoder's name", "With auto it is a hardware encoder that passed all of its probe; where it fails, software goes on in its place. Pictures are then not the same to the byte."),
        new("decoder", "CHOICE", "software", "what decodes films: software, auto, or hardware decoders of a name", "With auto these are hardware decoders that passed all of their probe. Pictures are the same to the byte; where they might not be, software decodes."),
        new("budget", "LIST", "all there is, below throttle points", "what the box may take: cores, memory, watts, celsius, niceness, quiet and quiet-cores", $"Of {BudgetChoice.Usage}. It decides when films are made, and never how they look."),
        new("log", "CHOICE", "text", "text, or json: an object a line", "Programs that collect logs like json better."),
        new("otlp", "URL", "nowhere", "collector that figures and traces are sent to", "By OTLP over HTTP, as http://collector:4318. Addresses and titles are in none of it.") { SharedVariable = "OTEL_EXPORTER_OTLP_ENDPOINT" },
        new("data", "DIR", "~/.local/share/appliance", "folder of all state", "Keys, books, cache and what jobs make. To move it, stop the box, move the folder, and start the box with the new place.") { IsOfFile = false },
        new("config", "FILE", "appliance.yaml in the data folder", "the settings' file", "It has any of these by name, and under serve what is served.") { IsOfFile = false },
    ];

    /// <summary>As <c>--port</c>.</summary>
    public static IReadOnlyList<string> Options { get; } = [.. All.Select(setting => setting.Option)];

    /// <summary>For <c>--help</c>.</summary>
    public static string Help { get; } = string.Join('\n', All.Select(setting => $"  {$"{setting.Option} {setting.Takes}",-22} {setting.Decides}  (default {setting.Default})"));
}
