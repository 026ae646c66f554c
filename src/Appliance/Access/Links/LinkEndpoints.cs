using Appliance.Access.Audit;
using Appliance.Idempotency;
using Appliance.Jobs.Batch;
using Appliance.Problems;
using Appliance.Reference;
using Appliance.Sources;
using Appliance.Startup;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Appliance.Access.Links;

/// <summary>Playback addresses: made for others, and ended all at once.</summary>
internal static class LinkEndpoints
{
    private const long ShortestSeconds = 60;

    /// <summary>A film, with a pause.</summary>
    private const long DefaultSeconds = 6 * 3600;

    /// <summary>A week.</summary>
    private const long LongestSeconds = 7 * 24 * 3600;

    public static void MapLinks(this IEndpointRouteBuilder app)
    {
        app.MapPost("/v1/sources/{id}/urls", Create).Needs(Scope.Links).LimitBody().TakesIdempotencyKey().Describe(new("Makes playback addresses of a source for somebody without a key")
        {
            More = "They are signed and kept nowhere, so that asking twice harms nobody.",
            Asks = [Asked.Source, IdempotencyKey.Asked],
            Takes = Taken.Json<LinkRequest>(),
            Answers = [Answer.Json<LinkResponse>("Addresses below the box's own.")],
            Refuses = [404, 409, 422],
        });
        app.MapDelete("/v1/urls", RemoveAll).Needs(Scope.Owner).Describe(new("Ends all playback addresses that were given out")
        {
            Answers = [Answer.Nothing("They play no more.")],
            Refuses = [507],
        });
    }

    private static Results<Ok<LinkResponse>, ProblemHttpResult> Create(string id, LinkRequest request, SourceLookup sources, LinkSecret secret, TimeProvider time)
    {
        long seconds = request.ExpiresInSeconds ?? DefaultSeconds;
        if (seconds is < ShortestSeconds or > LongestSeconds)
        {
            return Problem.BadRequest($"expiresInSeconds must be {ShortestSeconds} to {LongestSeconds}.");
        }

        if ((request.Pathways is { } pathways ? Pathway.Complaint(pathways) : request.Renditions is null ? null : "renditions are those of pathways.") is { } complaint)
        {
            return Problem.BadRequest(complaint);
        }

        if (request.Renditions is { } renditions && WhyNot(sources.FindPlayable(id), renditions) is { } why)
        {
            return Problem.BadRequest(why);
        }

        // To the second, as the address has it.
        var link = new PlayLink(sources.Find(id).Id, DateTimeOffset.FromUnixTimeSeconds(time.GetUtcNow().ToUnixTimeSeconds() + seconds)) { Pathways = request.Pathways ?? [], Renditions = request.Renditions };
        string folder = $"{PlayLink.Prefix}{link.Token(secret)}";
        return TypedResults.Ok(new LinkResponse(link.Ends, $"{folder}/hls/master.m3u8", $"{folder}/dash/manifest.mpd", $"{folder}/still.jpg"));
    }

    private static string? WhyNot(PlayableSource source, IReadOnlyList<string> renditions)
    {
        if (renditions.Count is 0 or > PlayLink.MostRenditions || renditions.Any(name => name is not { Length: > 0 and <= PlayLink.LongestRendition }))
        {
            return $"renditions are names of 1 to {PlayLink.MostRenditions} rungs.";
        }

        try
        {
            RenditionChoice.Of(source.Ladder, renditions, codecs: null);
            return null;
        }
        catch (UsageException exception)
        {
            return exception.Message;
        }
    }

    private static NoContent RemoveAll(HttpContext context, LinkSecret secret, AuditTrail trail)
    {
        trail.Write(context, "playback addresses ended");
        secret.Replace();
        return TypedResults.NoContent();
    }
}
