using Appliance.Access;
using Appliance.Access.Audit;
using Appliance.Access.Keys;
using Appliance.Idempotency;
using Appliance.Problems;
using Appliance.Reference;
using Appliance.Sources.Remote;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Appliance.Webhooks;

/// <summary>Where apps want to be told what happens. A hook is seen by the key that made it, and by the owner.</summary>
internal static class WebhookEndpoints
{
    private static readonly Asked Id = Asked.Path("id", "The webhook's, as the list has it.");

    public static void MapWebhooks(this IEndpointRouteBuilder app)
    {
        app.MapGet("/v1/webhooks", List).NeedsOneOf(HookEvent.Scopes).Describe(new("Where apps are told what happens, oldest first")
        {
            Answers = [Answer.Json<WebhookListResponse>($"The key's own; the owner sees all, at most {HookShelf.Limit}.")],
        });
        app.MapPost("/v1/webhooks", Create).NeedsOneOf(HookEvent.Scopes).LimitBody().TakesIdempotencyKey().Describe(new("Has an app told what happens")
        {
            More = "Each event needs the scope by which the key could ask for the same. Messages are signed as Standard Webhooks has it.",
            Asks = [IdempotencyKey.Asked],
            Takes = Taken.Json<WebhookRequest>("url", "events"),
            Answers = [Answer.Json<WebhookResponse>("The webhook, with its secret, shown this once.", StatusCodes.Status201Created)],
            Refuses = [409, 422, 507],
        });
        app.MapGet("/v1/webhooks/{id}", Detail).NeedsOneOf(HookEvent.Scopes).Describe(new("One webhook, and how it fares")
        {
            Asks = [Id],
            Answers = [Answer.Json<WebhookResponse>("As it is now.")],
            Refuses = [404],
        });
        app.MapDelete("/v1/webhooks/{id}", Remove).NeedsOneOf(HookEvent.Scopes).Describe(new("Ends a webhook")
        {
            Asks = [Id],
            Answers = [Answer.Nothing("Nothing more is sent.")],
            Refuses = [404, 507],
        });
        app.MapPost("/v1/webhooks/{id}/test", TestAsync).NeedsOneOf(HookEvent.Scopes).LimitBody().Describe(new("Sends a webhook a message, at once and once")
        {
            More = "Whatever comes of it is the answer. One that was switched off is on again where it is taken.",
            Asks = [Id],
            Answers = [Answer.Json<DeliveryResponse>("What came of it.")],
            Refuses = [404, 409],
        });
        app.MapGet("/v1/webhooks/{id}/deliveries", Deliveries).NeedsOneOf(HookEvent.Scopes).Describe(new("What a webhook was sent lately, newest first")
        {
            Asks = [Id],
            Answers = [Answer.Json<DeliveryListResponse>($"What waits, at most {HookRules.WaitingLimit}, and the last {HookRules.EndedLimit} of what does not.")],
            Refuses = [404],
        });
    }

    private static WebhookListResponse List(HookShelf shelf, HttpContext context) =>
        new([.. shelf.All.Select(hook => hook.Record).Where(record => MaySee(context.Caller(), record)).Select(record => WebhookResponse.Of(record))]);

    private static Results<Created<WebhookResponse>, ProblemHttpResult> Create(
        WebhookRequest request, HttpContext context, HookShelf shelf, HookNews news, OriginConnections connections, AuditTrail trail, TimeProvider time)
    {
        if (!OriginUrl.TryParse(request.Url, out OriginUrl? url, out string? why) || (why = connections.WhyNot(url)) is not null)
        {
            return Problem.BadRequest(why);
        }

        if (request.Events is not { Count: > 0 } events || events.Count > HookEvent.Count || events.Any(name => name is null || HookEvent.ScopeOf(name) is null) || events.Distinct().Count() != events.Count)
        {
            return Problem.BadRequest($"events must be one or more of {HookEvent.Names}, each once.");
        }

        Caller caller = context.Caller();
        foreach (string name in events)
        {
            if (!caller.Held.Grants(HookEvent.ScopeOf(name)!.Value))
            {
                return Problem.Of(StatusCodes.Status403Forbidden, $"To be told of {name}, a key needs the scope {Scopes.NamesOf(HookEvent.ScopeOf(name)!.Value)[0]}.");
            }

            if (HookEvent.ScopeOf(name) is Scope.Orders && !caller.Held.Grants(Scope.Owner) && context.Funds() is null)
            {
                return Problem.Of(StatusCodes.Status403Forbidden, $"To be told of {name}, a key needs funds: an order is told to nobody but whose it is.");
            }
        }

        try
        {
            trail.Write(context, "webhook made", $"{url.Shown}: {string.Join(", ", events)}");
            return shelf.Add(KeyOf(caller), url.Text, events, time.GetUtcNow(), news.Begin) is { } hook
                ? TypedResults.Created($"/v1/webhooks/{hook.Id}", WebhookResponse.Of(hook.Record, hook.Record.Secret))
                : Problem.Of(StatusCodes.Status409Conflict, $"The box has {HookShelf.Limit} webhooks, or this key {HookShelf.LimitOfAKey}: take one away first.");
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw NotKept();
        }
    }

    private static WebhookResponse Detail(string id, HookShelf shelf, HttpContext context) => WebhookResponse.Of(Find(shelf, id, context).Record);

    private static NoContent Remove(string id, HookShelf shelf, HttpContext context, AuditTrail trail)
    {
        Hook hook = Find(shelf, id, context);
        trail.Write(context, "webhook removed", id);
        try
        {
            shelf.Remove(hook);
            return TypedResults.NoContent();
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw NotKept();
        }
    }

    /// <summary>Whatever comes of it is the answer: that the receiver refused is no fault of who asks.</summary>
    private static async Task<Results<Ok<DeliveryResponse>, ProblemHttpResult>> TestAsync(
        string id, HookShelf shelf, HookPost post, HttpContext context, AuditTrail trail, CancellationToken cancellationToken)
    {
        Hook hook = Find(shelf, id, context);
        trail.Write(context, "webhook tested", id);
        return await post.TestAsync(hook, cancellationToken) is { } message
            ? TypedResults.Ok(DeliveryResponse.Of(message))
            : Problem.Of(StatusCodes.Status409Conflict, "This webhook is being sent something else.");
    }

    private static DeliveryListResponse Deliveries(string id, HookShelf shelf, HttpContext context)
    {
        HookRecord record = Find(shelf, id, context).Record;
        return new([.. record.Ended.Concat(record.Waiting).Reverse().Select(DeliveryResponse.Of)]);
    }

    /// <summary>That others have one, nobody is told.</summary>
    private static Hook Find(HookShelf shelf, string id, HttpContext context) =>
        shelf.Find(id) is { } hook && MaySee(context.Caller(), hook.Record)
            ? hook
            : throw new RequestRefusedException(StatusCodes.Status404NotFound, "There is no such webhook.");

    private static bool MaySee(Caller caller, HookRecord record) => caller.Held.Grants(Scope.Owner) || (KeyOf(caller) is { } key && key == record.Key);

    private static string? KeyOf(Caller caller) => (caller as Caller.App)?.Key.Id;

    private static RequestRefusedException NotKept() => new(StatusCodes.Status507InsufficientStorage, "The box cannot write that down, so it was not done.");
}
