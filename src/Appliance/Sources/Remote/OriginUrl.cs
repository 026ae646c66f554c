using System.Diagnostics.CodeAnalysis;

namespace Appliance.Sources.Remote;

/// <summary>Where a film lies on another machine. Its query may be a password, so only <see cref="Shown"/> is for others than the owner.</summary>
internal sealed record OriginUrl
{
    /// <summary>Characters of a URL; longer ones are refused.</summary>
    public const int MaxCharacters = 2048;

    private const int MaxTitleCharacters = 200;

    private OriginUrl(Uri uri) => Uri = uri;

    public Uri Uri { get; }

    /// <summary>All of it, for the owner.</summary>
    public string Text => Uri.AbsoluteUri;

    /// <summary>Without query, for the log.</summary>
    public string Shown => Uri.GetComponents(UriComponents.SchemeAndServer | UriComponents.Path, UriFormat.UriEscaped);

    /// <summary>The machine's name, with its port where that is not the usual one. Lower-case; an IP address in its one canonical form.</summary>
    public string Host => Uri.Authority;

    /// <summary>For people: the file's name without its extension, else the host.</summary>
    public string Title
    {
        get
        {
            string name = Path.GetFileNameWithoutExtension(Uri.UnescapeDataString(Uri.Segments[^1].TrimEnd('/')));
            string clean = string.Concat(name.Where(character => !char.IsControl(character))).Trim();
            return clean.Length > 0 ? clean[..Math.Min(clean.Length, MaxTitleCharacters)] : Uri.IdnHost;
        }
    }

    /// <summary>Reads what somebody wrote. Other spellings of an address, as 0x7f.1 or 2130706433, are read as what they mean.</summary>
    /// <param name="text">A URL with its scheme.</param>
    /// <param name="url">Without its fragment.</param>
    /// <param name="why">What is wrong with it, one sentence for a person.</param>
    public static bool TryParse(string? text, [NotNullWhen(true)] out OriginUrl? url, [NotNullWhen(false)] out string? why)
    {
        url = null;
        try
        {
            why = Judge(text, ref url);
        }
        catch (UriFormatException)
        {
            // Of names that are written in other letters than ASCII's, what is wrong shows only when they are taken apart.
            why = "The name of the machine in url is none that there can be.";
        }

        return why is null;
    }

    private static string? Judge(string? text, ref OriginUrl? url)
    {
        string? why = text is null or "" or { Length: > MaxCharacters } || text.Any(char.IsControl) || !Uri.TryCreate(text, UriKind.Absolute, out Uri? uri)
            ? $"url must be an absolute http or https URL of at most {MaxCharacters} characters."
            : Fault(uri);
        if (why is null && new Uri(text!).AbsoluteUri.Length > MaxCharacters)
        {
            // It is kept as it is sent, in which letters that are not ASCII's take up to twelve characters, and must be readable then.
            why = $"url has more than {MaxCharacters} characters as it is sent.";
        }

        if (why is null)
        {
            url = new(new Uri(new Uri(text!).GetComponents(UriComponents.HttpRequestUrl, UriFormat.UriEscaped)));
        }

        return why;
    }

    /// <summary>Where a redirect leads.</summary>
    /// <param name="location">As the origin wrote it, absolute or relative.</param>
    /// <exception cref="OriginException">Nowhere that is gone to.</exception>
    public OriginUrl Follow(Uri? location)
    {
        if (location is null)
        {
            throw new OriginException("The origin redirects without saying where to.");
        }

        // What is relative may lead nowhere: a location of two slashes has an empty name after them.
        OriginUrl? next = null;
        if (!(location.IsAbsoluteUri || Uri.TryCreate(Uri, location, out location))
            || (!TryParse(location.OriginalString, out next, out _) && !TryParse(location.AbsoluteUri, out next, out _)))
        {
            throw new OriginException("The origin redirects to where a film cannot be had from: only http and https are, without a name and password.");
        }

        return Uri.Scheme == Uri.UriSchemeHttps && next.Uri.Scheme != Uri.UriSchemeHttps
            ? throw new OriginException("The origin redirects from https to http, where anybody on the way could put another film in its place.")
            : next;
    }

    public override string ToString() => Shown;

    private static string? Fault(Uri uri) =>
        uri.Scheme != Uri.UriSchemeHttp && uri.Scheme != Uri.UriSchemeHttps ? "Only http and https URLs are taken."
        : uri.UserInfo.Length > 0 ? "A URL with a name and password in it is not taken: they would be shown wherever it is."
        : uri.IdnHost.Length == 0 || uri.Port == 0 ? "The URL names no machine."
        : null;
}
