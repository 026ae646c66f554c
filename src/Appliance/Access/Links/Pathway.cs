using System.Buffers;

namespace Appliance.Access.Links;

/// <summary>Where the files of a source are beside this box: a folder that <c>transcode</c> made, on a server of any kind.</summary>
/// <param name="Id">What players call it: 1 to 16 of letters, digits, point, dash and underscore (RFC 8216bis, 4.4.6.2).</param>
/// <param name="Base">The folder's URL, ending in a slash.</param>
internal sealed record Pathway(string? Id, string? Base)
{
    /// <summary>What players call this box.</summary>
    public const string Box = "box";

    /// <summary>Beside this box.</summary>
    public const int Most = 4;

    /// <summary>Characters.</summary>
    public const int LongestId = 16;

    /// <summary>Characters.</summary>
    public const int LongestBase = 256;

    private static readonly SearchValues<char> IdLetters = SearchValues.Create("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789.-_");

    /// <summary>What stands in URLs by RFC 3986 and needs no quoting in a playlist or in XML but for the ampersand, which no folder has a need of.</summary>
    private static readonly SearchValues<char> BaseLetters = SearchValues.Create("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-._~:/@!()*+,;=%[]");

    /// <returns>What is wrong with them, for a person; null where nothing is.</returns>
    public static string? Complaint(IReadOnlyList<Pathway> pathways) =>
        pathways.Count is 0 or > Most ? $"pathways are 1 to {Most}."
        : pathways.Any(pathway => pathway?.Id is not { Length: > 0 and <= LongestId } id || id.AsSpan().ContainsAnyExcept(IdLetters))
            ? $"A pathway's id has 1 to {LongestId} letters, digits, points, dashes and underscores."
        : pathways.Any(pathway => pathway.Id == Box) || pathways.DistinctBy(pathway => pathway.Id).Count() != pathways.Count ? $"Pathways have ids of their own, and {Box} is this box."
        : pathways.Any(pathway => !IsFolder(pathway.Base)) ? $"A pathway's base is an absolute http or https URL of at most {LongestBase} characters that ends in a slash, without query."
        : null;

    private static bool IsFolder(string? text) =>
        text is { Length: > 0 and <= LongestBase }
        && text.EndsWith('/')
        && !text.AsSpan().ContainsAnyExcept(BaseLetters)
        && Uri.TryCreate(text, UriKind.Absolute, out Uri? uri)
        && (uri.Scheme == Uri.UriSchemeHttp || uri.Scheme == Uri.UriSchemeHttps)
        && uri is { UserInfo.Length: 0, IdnHost.Length: > 0 };
}
