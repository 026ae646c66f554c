using Appliance.Problems;
using Appliance.Reference;
using Appliance.Rewards;

namespace Appliance.Access.Audit;

internal static class AuditEndpoints
{
    private const int DefaultLimit = 50;
    private const int MostEntries = 500;

    public static void MapAudit(this IEndpointRouteBuilder app) =>
        app.MapGet("/v1/audit", Read).Needs(Scope.Owner).Describe(new("What was done by those who may, newest first")
        {
            Asks = [Asked.Query("before", "Acts before this one's number.") with { Least = 1 }, Asked.Limit(MostEntries, DefaultLimit)],
            Answers = [Answer.Json<AuditResponse>("Some of the trail.")],
        });

    private static IResult Read(string? before, string? limit, AuditTrail trail)
    {
        if (!Paging.TryRead(before, long.MaxValue, 1, long.MaxValue, out long first) || !Paging.TryRead(limit, DefaultLimit, 1, MostEntries, out long count))
        {
            return Problem.BadRequest($"before must be an act's number, and limit 1 to {MostEntries}.");
        }

        IReadOnlyList<AuditEntry> entries = trail.Read(first, (int)count);
        return Results.Ok(new AuditResponse(entries, entries.Count == count ? entries[^1].Number : null));
    }
}
