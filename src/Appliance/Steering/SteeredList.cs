using Appliance.Access.Links;
using Appliance.Jobs.Batch;
using Appliance.Playback;
using Appliance.Sources;
using Appliance.Startup;
using Transcode.Engine.Recipes;

namespace Appliance.Steering;

/// <summary>What is listed at a playback address with pathways: the renditions that all of them have, and where.</summary>
/// <param name="Source">With these.</param>
/// <param name="Pathways">As HLS lists them, the box first.</param>
/// <param name="Dash">As DASH lists them.</param>
internal sealed record SteeredList(PlayableSource Source, IReadOnlyList<ListedPathway> Pathways, DashSteering Dash)
{
    /// <param name="source">With all that the box lists.</param>
    /// <param name="burn">Subtitles laid over the picture, which are the box's alone; null for none.</param>
    /// <param name="context">The request.</param>
    /// <returns>Null where the box alone is listed: at any other address, and where nothing is left of what the address names.</returns>
    public static SteeredList? Of(PlayableSource source, string? burn, HttpContext context)
    {
        if (burn is not null || context.Features.Get<LinkedRequest>() is not { Link: { Pathways.Count: > 0 } link, Folder: var folder } || Ladder(source, link) is not { } ladder)
        {
            return null;
        }

        ListedPathway[] pathways = [.. link.Pathways.Select(pathway => new ListedPathway(pathway.Id, pathway.Base!))];
        string own = $"{context.Request.Scheme}://{context.Request.Host.Value}{folder}/";
        var dash = new DashSteering($"{own}{SteeringEndpoints.FileName}", [new(Pathway.Box, $"{own}hls/"), .. pathways]);
        return new(source with { Ladder = ladder }, [new(Pathway.Box, ""), .. pathways], dash);
    }

    private static Ladder? Ladder(PlayableSource source, PlayLink link)
    {
        try
        {
            Ladder ladder = RenditionChoice.Of(source.Ladder, link.Renditions, codecs: null);
            return ladder.Video.Count > 0 || source.Ladder.Video.Count == 0 ? ladder : null;
        }
        catch (UsageException)
        {
            return null;
        }
    }
}
