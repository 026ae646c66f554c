using global::Rewards.Log;

namespace Appliance.Rewards.Settings;

/// <summary>Somebody who is asked to cosign the box's log.</summary>
/// <param name="Key">Whose cosignatures are kept.</param>
/// <param name="Url">As the owner wrote it.</param>
/// <param name="AddCheckpoint">Where he is asked.</param>
internal sealed record LogWitnessSetting(NoteKey Key, string Url, Uri AddCheckpoint)
{
    private const int UrlLimit = 2000;

    /// <exception cref="FormatException">It makes no sense; the message says what, without its place.</exception>
    public static LogWitnessSetting Of(WitnessEntry? entry)
    {
        if (entry is not { Key: { } key, Url: { } url })
        {
            throw new FormatException("it wants a key and a url.");
        }

        NoteKey verifier = NoteKey.Parse(key);
        if (verifier.Type != NoteKey.CosignatureType)
        {
            throw new FormatException($"the key of {verifier.Name} is a log's, which signs checkpoints. A witness gives one of type 4.");
        }

        return url.Length <= UrlLimit
            && Uri.TryCreate(url.TrimEnd('/') + "/add-checkpoint", UriKind.Absolute, out Uri? address)
            && address is { Scheme: "http" or "https", UserInfo: "", Query: "", Fragment: "" }
            ? new(verifier, url, address)
            : throw new FormatException(
                $"its url begins with https:// or http://, has no name, password, query or fragment, and at most {UrlLimit} characters.");
    }
}
