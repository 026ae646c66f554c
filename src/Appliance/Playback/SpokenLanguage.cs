namespace Appliance.Playback;

/// <summary>A language as containers say it (ISO 639-2, both forms), or file names, and as playlists want it (RFC 5646: the
/// shortest tag).</summary>
internal sealed record SpokenLanguage(string Tag, string Name)
{
    private static readonly Dictionary<string, SpokenLanguage> Known = new(StringComparer.OrdinalIgnoreCase)
    {
        ["ara"] = new("ar", "العربية"),
        ["bul"] = new("bg", "Български"),
        ["cat"] = new("ca", "Català"),
        ["ces"] = new("cs", "Čeština"),
        ["cze"] = new("cs", "Čeština"),
        ["chi"] = new("zh", "中文"),
        ["zho"] = new("zh", "中文"),
        ["dan"] = new("da", "Dansk"),
        ["deu"] = new("de", "Deutsch"),
        ["ger"] = new("de", "Deutsch"),
        ["dut"] = new("nl", "Nederlands"),
        ["nld"] = new("nl", "Nederlands"),
        ["ell"] = new("el", "Ελληνικά"),
        ["gre"] = new("el", "Ελληνικά"),
        ["eng"] = new("en", "English"),
        ["est"] = new("et", "Eesti"),
        ["fas"] = new("fa", "فارسی"),
        ["per"] = new("fa", "فارسی"),
        ["fin"] = new("fi", "Suomi"),
        ["fra"] = new("fr", "Français"),
        ["fre"] = new("fr", "Français"),
        ["heb"] = new("he", "עברית"),
        ["hin"] = new("hi", "हिन्दी"),
        ["hrv"] = new("hr", "Hrvatski"),
        ["hun"] = new("hu", "Magyar"),
        ["ind"] = new("id", "Bahasa Indonesia"),
        ["ita"] = new("it", "Italiano"),
        ["jpn"] = new("ja", "日本語"),
        ["kor"] = new("ko", "한국어"),
        ["lav"] = new("lv", "Latviešu"),
        ["lit"] = new("lt", "Lietuvių"),
        ["nor"] = new("no", "Norsk"),
        ["pol"] = new("pl", "Polski"),
        ["por"] = new("pt", "Português"),
        ["ron"] = new("ro", "Română"),
        ["rum"] = new("ro", "Română"),
        ["rus"] = new("ru", "Русский"),
        ["slk"] = new("sk", "Slovenčina"),
        ["slo"] = new("sk", "Slovenčina"),
        ["slv"] = new("sl", "Slovenščina"),
        ["spa"] = new("es", "Español"),
        ["srp"] = new("sr", "Српски"),
        ["swe"] = new("sv", "Svenska"),
        ["tha"] = new("th", "ไทย"),
        ["tur"] = new("tr", "Türkçe"),
        ["ukr"] = new("uk", "Українська"),
        ["vie"] = new("vi", "Tiếng Việt"),
    };

    private static readonly Dictionary<string, SpokenLanguage> KnownByTag =
        Known.Values.DistinctBy(language => language.Tag).ToDictionary(language => language.Tag, StringComparer.OrdinalIgnoreCase);

    /// <summary>Letters and digits of a region or script at most; RFC 5646, 2.1.</summary>
    private const int LongestSubtag = 8;

    /// <summary>Whether a code is of a listed language, with or without a region or script.</summary>
    public static bool IsKnown(string code) => Listed(code) is not null || WithSubtag(code) is not null;

    /// <returns>Null where nothing usable is said, as by <c>und</c>. A language not listed keeps its letters.</returns>
    public static SpokenLanguage? Of(string? code)
    {
        if (code is null)
        {
            return null;
        }

        if ((Listed(code) ?? WithSubtag(code)) is { } known)
        {
            return known;
        }

        bool usable = code.Length is 2 or 3 && code.All(char.IsAsciiLetter) && !code.Equals("und", StringComparison.OrdinalIgnoreCase);
        string lower = code.ToLowerInvariant();
        return usable ? new(lower, lower) : null;
    }

    private static SpokenLanguage? Listed(string code) => Known.GetValueOrDefault(code) ?? KnownByTag.GetValueOrDefault(code);

    /// <summary>As <c>pt-BR</c> or <c>zh-Hans</c>.</summary>
    private static SpokenLanguage? WithSubtag(string code) =>
        code.Split('-') is [var first, { Length: >= 2 and <= LongestSubtag } subtag] && subtag.All(char.IsAsciiLetterOrDigit) && Listed(first) is { } language
            ? new($"{language.Tag}-{subtag}", $"{language.Name} ({subtag})")
            : null;
}
