namespace Appliance.Admission;

/// <summary>Tells kinds of players apart by what they call themselves (User-Agent), roughly, for people.</summary>
internal static class ClientKind
{
    /// <summary>In this order: most say that they are something else too.</summary>
    private static readonly (string Sign, string Name)[] Signs =
    [
        ("Tizen", "Samsung TV"), ("Web0S", "LG TV"), ("webOS", "LG TV"), ("CrKey", "Chromecast"), ("AppleTV", "Apple TV"), ("AppleCoreMedia", "Apple player"), ("Roku", "Roku"),
        ("Kodi", "Kodi"), ("VLC", "VLC"), ("LibVLC", "VLC"), ("mpv", "mpv"), ("Lavf", "FFmpeg"), ("GStreamer", "GStreamer"), ("ExoPlayer", "Android app"),
        ("iPhone", "iPhone"), ("iPad", "iPad"), ("Android", "Android"), ("Edg/", "Edge"), ("Firefox/", "Firefox"), ("Chrome/", "Chrome"), ("Safari/", "Safari"),
    ];

    /// <param name="agent">The header's value.</param>
    /// <returns>As <c>Firefox</c>; <c>another player</c> where it is none of those that are known.</returns>
    public static string Of(string? agent) =>
        Array.Find(Signs, sign => agent?.Contains(sign.Sign, StringComparison.Ordinal) == true).Name ?? "another player";
}
