using Appliance.Access.Audit;
using Appliance.Problems;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Appliance.Access.Keys;

internal static class KeyEndpoints
{
    public static void MapKeys(this IEndpointRouteBuilder app)
    {
        app.MapGet("/v1/keys", List).Needs(Scope.Owner);
        app.MapPost("/v1/keys", Add).Needs(Scope.Owner).LimitBody();
        app.MapDelete("/v1/keys/{id}", Remove).Needs(Scope.Owner);
    }

    private static KeyListResponse List(KeyShelf keys, KeyMeter meter) => new([.. keys.All.Select(key => KeyResponse.Of(key, meter.Of(key.Id)))]);

    private static Results<Created<KeyResponse>, ProblemHttpResult> Add(KeyTerms terms, HttpContext context, KeyShelf keys, KeyMeter meter, AuditTrail trail, TimeProvider time)
    {
        if (terms.Complaint(time.GetUtcNow()) is { } complaint)
        {
            return Problem.BadRequest(complaint);
        }

        trail.Write(context, "key made", $"{terms.Name}: {string.Join(", ", terms.Scopes!)}");
        return keys.Add(terms) is var (key, text)
            ? TypedResults.Created($"/v1/keys/{key.Id}", KeyResponse.Of(key, meter.Of(key.Id), text))
            : Problem.Of(StatusCodes.Status409Conflict, $"The box has {KeyShelf.Limit} keys: take one away first.");
    }

    private static Results<NoContent, ProblemHttpResult> Remove(string id, HttpContext context, KeyShelf keys, AuditTrail trail)
    {
        if (keys.All.FirstOrDefault(key => key.Id == id) is not { } key)
        {
            return Problem.NotFound("There is no such key.");
        }

        trail.Write(context, "key removed", $"{id}: {key.Name}");
        keys.Remove(id);
        return TypedResults.NoContent();
    }
}
