using System.Text.Json;
using Appliance.Access.Audit;
using Appliance.Access.Keys;
using Appliance.Access.Links;
using Appliance.Access.Owner;
using Appliance.Access.Sessions;
using Appliance.Problems;
using Appliance.Reference;
using Appliance.Sources;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Appliance.Access;

internal static class AccessEndpoints
{
    public static void MapAccess(this IEndpointRouteBuilder routes)
    {
        RouteGroupBuilder app = routes.MapGroup("").AddEndpointFilter(AnswerDiskAsync);
        app.MapGet("/v1/access", Show).Needs(Scope.Owner).Describe(new("Whether the home network plays without signing in")
        {
            Answers = [Answer.Json<AccessSettings>("As it is.")],
        });
        app.MapPut("/v1/access", Change).Needs(Scope.Owner).LimitBody().Describe(new("Says whether the home network plays without signing in")
        {
            Takes = Taken.Json<AccessSettings>("homeIsOpen"),
            Answers = [Answer.Json<AccessSettings>("As it is from now on.")],
            Refuses = [507],
        });
        app.MapOwner();
        app.MapSessions();
        app.MapKeys();
        app.MapLinks();
        app.MapAudit();
    }

    /// <summary>What must be kept and cannot be was not done.</summary>
    private static async ValueTask<object?> AnswerDiskAsync(EndpointFilterInvocationContext context, EndpointFilterDelegate next)
    {
        try
        {
            return await next(context);
        }
        catch (Exception exception) when (exception is UnauthorizedAccessException or JsonException || exception is IOException and not BadHttpRequestException and not SourceGoneException)
        {
            throw new RequestRefusedException(StatusCodes.Status507InsufficientStorage, "The box cannot write that down, so it was not done.");
        }
    }

    private static AccessSettings Show(HomeSwitch home) => new(home.IsOpen);

    private static Results<Ok<AccessSettings>, ProblemHttpResult> Change(AccessSettings settings, HttpContext context, HomeSwitch home, AuditTrail trail)
    {
        if (settings.HomeIsOpen is not { } isOpen)
        {
            return Problem.BadRequest("homeIsOpen must be true or false.");
        }

        trail.Write(context, isOpen ? "playing at home opened" : "playing at home closed");
        home.Set(isOpen);
        return TypedResults.Ok(Show(home));
    }
}
