using Appliance.Access.Audit;
using Appliance.Access.Guessing;
using Appliance.Access.Owner;
using Appliance.Problems;
using Appliance.Reference;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Appliance.Access.Sessions;

/// <summary>Signing in and out, and who is signed in.</summary>
internal static class SessionEndpoints
{
    public static void MapSessions(this IEndpointRouteBuilder app)
    {
        app.MapGet("/v1/session", Show).NeedsNothing().Describe(new("Who you are to the box")
        {
            Answers = [Answer.Json<SessionResponse>("As it sees you.")],
        });
        app.MapPost("/v1/session", SignInAsync).NeedsNothing().LimitBody().Describe(new("Signs the owner in")
        {
            Takes = Taken.Json<SignInRequest>("password"),
            Answers = [Answer.Json<SessionResponse>("Signed in; a cookie comes along.")],
            Refuses = [401, 403, 429, 507],
        });
        app.MapDelete("/v1/session", SignOut).NeedsNothing().Describe(new("Signs out")
        {
            Answers = [Answer.Nothing("Nobody is signed in here.")],
            Refuses = [403, 507],
        });
        app.MapGet("/v1/sessions", List).Needs(Scope.Owner).Describe(new("Who is signed in, the last used first")
        {
            Answers = [Answer.Json<SessionListResponse>($"All of them; at most {SessionBook.Limit}.")],
        });
        app.MapDelete("/v1/sessions/{id}", Remove).Needs(Scope.Owner).Describe(new("Signs somebody out")
        {
            Asks = [Asked.Path("id", "As the list has it.")],
            Answers = [Answer.Nothing("He is signed out.")],
            Refuses = [404, 507],
        });
    }

    /// <summary>A page of another site that signed somebody in here would have him act under its eyes.</summary>
    public static ProblemHttpResult OfAnotherSite() => Problem.Of(StatusCodes.Status403Forbidden, "This is asked by a page of another site.");

    /// <summary>Gives the caller a session.</summary>
    public static SessionResponse SignIn(HttpContext context, SessionBook sessions)
    {
        string id = sessions.Add(context.Connection.RemoteIpAddress?.ToString() ?? "", context.Request.Headers.UserAgent.ToString());
        SessionCookie.Write(context.Response, id);
        return new(HasOwner: true, WantsSetUp: false, Scopes.NamesOf(Scope.Owner), SignedIn: true, SessionBook.CsrfOf(id));
    }

    private static SessionResponse Show(HttpContext context, OwnerAccount owner, SetupCode code)
    {
        context.Response.Headers.CacheControl = "no-store";
        Caller caller = context.Caller();
        return new(owner.Exists, code.IsWanted, Scopes.NamesOf(caller.Held), caller is Caller.Signed, (caller as Caller.Signed)?.Csrf);
    }

    private static async Task<IResult> SignInAsync(
        SignInRequest request, HttpContext context, OwnerAccount owner, SessionBook sessions, AuditTrail trail, GuessBrakes brakes, CancellationToken cancellationToken)
    {
        if (!RequestOrigin.IsOwnPage(context.Request))
        {
            return OfAnotherSite();
        }

        brakes.Passwords.Begin(context);
        if (!await owner.AdmitsAsync(request.Password ?? "", cancellationToken))
        {
            brakes.Passwords.Failed(context, "password");
            return Problem.Of(StatusCodes.Status401Unauthorized, owner.Exists ? "That is not the owner's password." : "This box has no owner yet: its console shows a code.");
        }

        brakes.Passwords.Passed(context);
        trail.Write(context, "signed in");
        return Results.Ok(SignIn(context, sessions));
    }

    private static NoContent SignOut(HttpContext context, SessionBook sessions, AuditTrail trail)
    {
        if (context.Caller() is Caller.Signed { Session: var session })
        {
            trail.Write(context, "signed out");
            sessions.Remove(session.Id);
        }

        SessionCookie.Remove(context.Response);
        return TypedResults.NoContent();
    }

    private static SessionListResponse List(HttpContext context, SessionBook sessions)
    {
        string? own = (context.Caller() as Caller.Signed)?.Session.Id;
        return new([.. sessions.All.Select(session => new SessionRow(session.Id, session.MadeAt, session.SeenAt, session.Address, session.Agent, session.Id == own))]);
    }

    private static Results<NoContent, ProblemHttpResult> Remove(string id, HttpContext context, SessionBook sessions, AuditTrail trail)
    {
        if (sessions.All.All(session => session.Id != id))
        {
            return Problem.NotFound("There is no such session.");
        }

        trail.Write(context, "session ended", id);
        sessions.Remove(id);
        return TypedResults.NoContent();
    }
}
