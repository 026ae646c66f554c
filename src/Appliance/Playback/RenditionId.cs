using System.Runtime.CompilerServices;
using System.Security.Cryptography;
using System.Text;
using Transcode.Engine.Recipes;
using Transcode.Engine.Workers;

namespace Appliance.Playback;

/// <summary>A rendition's name in URLs: its name and 12 hexadecimal digits over its recipe and the engine build, so that
/// what lies below the URL never changes and may be kept by anyone for ever.</summary>
internal static class RenditionId
{
    private const int Digits = 12;

    /// <summary>Worked out once for each: every request compares them.</summary>
    private static readonly ConditionalWeakTable<Rendition, Known> Ids = [];

    public static string Of(Rendition rendition, EngineIdentity engine)
    {
        if (!Ids.TryGetValue(rendition, out Known? known) || known.Engine != engine)
        {
            known = new(engine, WorkedOut(rendition, engine));
            Ids.AddOrUpdate(rendition, known);
        }

        return known.Id;
    }

    private static string WorkedOut(Rendition rendition, EngineIdentity engine)
    {
        byte[] hash = SHA256.HashData(Encoding.UTF8.GetBytes(
            $"{rendition.Recipe.Id}\n{engine.Engine}\n{engine.LibAv}\n{engine.Family}"));
        return $"{rendition.Name}-{Convert.ToHexStringLower(hash)[..Digits]}";
    }

    private sealed record Known(EngineIdentity Engine, string Id);
}
