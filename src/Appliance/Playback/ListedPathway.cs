namespace Appliance.Playback;

/// <summary>One place where the files of a presentation are, as a multivariant playlist lists it (RFC 8216bis, 4.4.6.2 and 4.4.6.6). Groups are of one pathway each, and
/// stable ids say which variants and renditions of two pathways are the same.</summary>
/// <param name="Id">What players call it; null where there is but one, and they are told of none.</param>
/// <param name="Folder">Where the renditions' folders are, from the playlist: empty, or ending in a slash.</param>
internal sealed record ListedPathway(string? Id, string Folder)
{
    /// <summary>Where the steering answer is, from the playlist.</summary>
    public const string Server = "../steering.json";

    public static readonly ListedPathway Alone = new(null, "");

    /// <summary>A group's name. The box's own keep theirs.</summary>
    public string Group(string name) => Folder.Length == 0 ? name : $"{name}-{Id}";

    /// <summary>What a variant says of it.</summary>
    /// <param name="rendition">The picture's name in addresses, or the sound's where there is none.</param>
    /// <param name="sound">The name of the group of sounds that goes with it, or null.</param>
    public string OfVariant(string rendition, string? sound) =>
        Id is null ? "" : $"PATHWAY-ID=\"{Id}\",STABLE-VARIANT-ID=\"{rendition}{(sound is null ? "" : $".{sound}")}\",";

    /// <summary>What a rendition of a group says of it.</summary>
    public string OfRendition(string rendition) => Id is null ? "" : $"STABLE-RENDITION-ID=\"{rendition}\",";

    /// <summary>What single pictures and thumbnails say of it.</summary>
    public string OfPictures => Id is null ? "" : $"PATHWAY-ID=\"{Id}\",";
}
