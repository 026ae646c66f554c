using Appliance.Access.Audit;
using Appliance.Idempotency;
using Appliance.Problems;
using Appliance.Reference;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Appliance.Access.Keys;

internal static class KeyEndpoints
{
    public static void MapKeys(this IEndpointRouteBuilder app)
    {
        app.MapGet("/v1/keys", List).Needs(Scope.Owner).Describe(new("API keys, the oldest first")
        {
            Answers = [Answer.Json<KeyListResponse>($"All of them, without what they are; at most {KeyShelf.Limit}.")],
        });
        app.MapPost("/v1/keys", Add).Needs(Scope.Owner).LimitBody().TakesIdempotencyKey().Describe(new("Makes an API key")
        {
            Asks = [IdempotencyKey.Asked],
            Takes = Taken.Json<KeyTerms>("name", "scopes"),
            Answers = [Answer.Json<KeyResponse>("The key, shown this once.", StatusCodes.Status201Created)],
            Refuses = [409, 422, 507],
        });
        app.MapDelete("/v1/keys/{id}", Remove).Needs(Scope.Owner).Describe(new("Ends an API key at once")
        {
            Asks = [Asked.Path("id", "As the list has it.")],
            Answers = [Answer.Nothing("It holds no longer.")],
            Refuses = [404, 507],
        });
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
