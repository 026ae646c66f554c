using System.Security.Cryptography;
using System.Text;
using Transcode.Engine.Workers;

namespace Appliance.Playback;

/// <summary>Names bytes by what they are a function of. Nothing of who asked, when or how is in it, and nothing that
/// decides the bytes is missing from it.</summary>
/// <param name="Fingerprint">The source's bytes.</param>
/// <param name="RecipeId">What is made of them.</param>
/// <param name="Part">Which part: <c>init</c>, a segment's number, a still's frame, or the number of a segment whose tuning is looked at.</param>
/// <param name="Engine">Which build makes it.</param>
internal sealed record ArtifactKey(string Fingerprint, string RecipeId, string Part, EngineIdentity Engine)
{
    /// <summary>64 lower-case hexadecimal digits. No field can hold a line feed, so no two keys run into each other.</summary>
    public string Name { get; } = Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(
        $"appliance artifact 1\n{Fingerprint}\n{RecipeId}\n{Part}\n{Engine.Engine}\n{Engine.LibAv}\n{Engine.Family}")));

    /// <summary>Strong, and known before the bytes are: they are a function of the key, so equal keys are equal bytes.</summary>
    public string ETag => $"\"{Name[..32]}\"";
}
