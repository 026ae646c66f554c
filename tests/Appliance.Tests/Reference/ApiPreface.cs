using System.Text.Json.Nodes;
using Appliance.Access;
using Microsoft.AspNetCore.Http;

namespace Appliance.Tests.Reference;

/// <summary>What the document says of the whole API.</summary>
internal static class ApiPreface
{
    private const string About =
        """
        A box that turns any video into any rendition, from any second, at once.

        **Errors** are `application/problem+json` (RFC 9457), each with a sentence for a person, and with a `code` that stays the same where a program may want to know more than the status. **Lists** that go on take `limit` and `after`, and answer with `next`, which is what to give as `after`; null at the end.
        **Sent twice**: what makes something takes an `Idempotency-Key`. What is read by GET is answered to HEAD too.

        A playback address, as `POST /v1/sources/{id}/urls` gives it out, needs no key: it plays what is below `/v1/sources/{id}/` of that one source, until its end.
        """;

    /// <summary>In the order of a reader's questions; each path is of the first whose beginning it has.</summary>
    private static readonly (string Name, string Text, string[] Starts)[] Tags =
    [
        ("Orders", "Work that is paid: prices, quotes that a wallet signs, orders and their receipts.", ["/v1/prices", "/v1/weights", "/v1/quotes", "/v1/orders"]),
        ("Jobs", "Work in bulk, of the owner's own.", ["/v1/jobs"]),
        ("Webhooks", "Apps that are told what happens.", ["/v1/webhooks"]),
        ("Uploads", "Films that come in pieces, by tus 1.0.0.", ["/v1/uploads"]),
        ("Library", "Which files, folders and films on other machines are served.", ["/v1/library", "POST /v1/sources"]),
        ("Playing", "What is served, and how it is played.", ["/v1/sources"]),
        ("Public log", "Who the box is, what its epochs published, and the log of all its work, for anybody.", ["/v1/log", "/v1/identity", "/v1/epochs"]),
        ("Rewards", "The owner's books.", ["/v1/rewards"]),
        ("Access", "The owner, sessions, keys, and what was done.", ["/v1/session", "/v1/owner", "/v1/access", "/v1/keys", "/v1/urls", "/v1/audit"]),
        ("The box", "Health, figures, hardware and network.", ["/"]),
    ];

    public static string TagOf(string method, string path) =>
        Tags.First(tag => tag.Starts.Any(start => path.StartsWith(start, StringComparison.Ordinal) || $"{method.ToUpperInvariant()} {path}" == start)).Name;

    public static JsonObject Write(JsonObject paths, JsonObject schemas) => new()
    {
        ["openapi"] = "3.1.1",
        ["info"] = new JsonObject { ["title"] = "Appliance", ["version"] = "1", ["description"] = About },
        ["servers"] = new JsonArray(new JsonObject { ["url"] = "/", ["description"] = "The box that serves this." }),
        ["tags"] = new JsonArray([.. Tags.Select(tag => new JsonObject { ["name"] = tag.Name, ["description"] = tag.Text })]),
        ["paths"] = paths,
        ["components"] = new JsonObject
        {
            ["schemas"] = schemas,
            ["securitySchemes"] = new JsonObject
            {
                ["bearer"] = new JsonObject { ["type"] = "http", ["scheme"] = "bearer", ["bearerFormat"] = "ak_…", ["description"] = $"An app's key, with the scope that is named: one of {Scopes.Names}; owner is all of them." },
                ["session"] = new JsonObject { ["type"] = "apiKey", ["in"] = "cookie", ["name"] = "appliance", ["description"] = "The owner, signed in; he may everything. Under TLS the cookie is `__Host-appliance`." },
                ["csrf"] = new JsonObject { ["type"] = "apiKey", ["in"] = "header", ["name"] = "X-CSRF-Token", ["description"] = "Beside the session's cookie, where anything is changed: as `GET /v1/session` gives it." },
            },
        },
    };

    public static string Meaning(int status, bool isOwn) => status switch
    {
        StatusCodes.Status400BadRequest => "Something of it is not as it should be.",
        StatusCodes.Status401Unauthorized => isOwn ? "That is not the password." : "No key, or none that holds.",
        StatusCodes.Status402PaymentRequired => "The requester has too little; shortfall says how much is missing.",
        StatusCodes.Status403Forbidden => "Whoever asks may not.",
        StatusCodes.Status404NotFound => "There is no such thing.",
        StatusCodes.Status405MethodNotAllowed => "Another method is meant.",
        StatusCodes.Status409Conflict => "Not as things are now; the sentence says why.",
        StatusCodes.Status410Gone => "It is there no longer.",
        StatusCodes.Status412PreconditionFailed => "Another version is spoken.",
        StatusCodes.Status413PayloadTooLarge => "There is too much of it.",
        StatusCodes.Status415UnsupportedMediaType => "The body's media type is another.",
        StatusCodes.Status422UnprocessableEntity => "It is understood and cannot be done, or its Idempotency-Key was given with another request.",
        StatusCodes.Status423Locked => "Another request writes to it.",
        StatusCodes.Status429TooManyRequests => "Too much in too little time; Retry-After says how long to wait.",
        460 => "The piece is not what its checksum says.",
        StatusCodes.Status502BadGateway => "The film's own machine cannot be had.",
        StatusCodes.Status503ServiceUnavailable => "Not now; another try may do.",
        StatusCodes.Status507InsufficientStorage => "The disk takes no more.",
        _ => throw new ArgumentOutOfRangeException(nameof(status), status, "What it means is not said."),
    };
}
