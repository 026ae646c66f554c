using Appliance.Problems;
using Appliance.Rewards;

namespace Appliance.Access.Audit;

internal static class AuditEndpoints
{
    private const int DefaultLimit = 50;
    private const int MostEntries = 500;

    public static void MapAudit(this IEndpointRouteBuilder app) => app.MapGet("/v1/audit", Read).Needs(Scope.Owner);

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
