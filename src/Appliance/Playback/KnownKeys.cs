using Transcode.Engine.Workers;

namespace Appliance.Playback;

/// <summary>Keys worked out lately. A request for a segment asks for its key and for those of the next, and the next request for
/// some of these again: each costs a hash.</summary>
internal static class KnownKeys
{
    /// <summary>A power of two; at some 600 bytes a key, half a megabyte.</summary>
    private const int Places = 1024;

    private static readonly ArtifactKey?[] ByPlace = new ArtifactKey?[Places];

    /// <summary>The same key as its constructor makes.</summary>
    public static ArtifactKey Of(string fingerprint, string recipeId, string part, EngineIdentity engine)
    {
        // Keys are immutable, and a place is read and written whole: who comes second works it out again.
        ref ArtifactKey? place = ref ByPlace[HashCode.Combine(fingerprint, recipeId, part) & (Places - 1)];
        return place is { } known && known.Part == part && known.RecipeId == recipeId && known.Fingerprint == fingerprint && known.Engine == engine
            ? known
            : place = new ArtifactKey(fingerprint, recipeId, part, engine);
    }
}
