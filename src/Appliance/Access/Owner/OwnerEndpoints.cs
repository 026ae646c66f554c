using Appliance.Access.Audit;
using Appliance.Access.Guessing;
using Appliance.Access.Sessions;
using Appliance.Problems;
using Appliance.Reference;

namespace Appliance.Access.Owner;

/// <summary>Becoming the owner, and another password.</summary>
internal static class OwnerEndpoints
{
    public static void MapOwner(this IEndpointRouteBuilder app)
    {
        app.MapPost("/v1/owner", SetUpAsync).NeedsNothing().LimitBody().Describe(new("Becomes the owner, by the code that the console shows")
        {
            Takes = Taken.Json<SetUpRequest>("code", "password"),
            Answers = [Answer.Json<SessionResponse>("Signed in; a cookie comes along.")],
            Refuses = [403, 409, 429, 507],
        });
        app.MapPut("/v1/owner", ChangeAsync).Needs(Scope.Owner).LimitBody().Describe(new("Sets another password, and signs everybody else out")
        {
            Takes = Taken.Json<PasswordRequest>("password", "newPassword"),
            Answers = [Answer.Nothing("It holds.")],
            Refuses = [429, 507],
        });
    }

    /// <summary>Whoever has the console's code sets the password, and is signed in. Whoever was signed in before is so no longer.</summary>
    private static async Task<IResult> SetUpAsync(
        SetUpRequest request, HttpContext context, SetupCode code, OwnerAccount owner, SessionBook sessions, AuditTrail trail, GuessBrakes brakes, CancellationToken cancellationToken)
    {
        if (!RequestOrigin.IsOwnPage(context.Request))
        {
            return SessionEndpoints.OfAnotherSite();
        }

        if (!code.IsWanted)
        {
            return Problem.Of(StatusCodes.Status409Conflict, "This box has an owner. Who forgot the password starts it once with --new-owner.");
        }

        if (OwnerAccount.Complaint(request.Password) is { } complaint)
        {
            return Problem.BadRequest(complaint);
        }

        brakes.Passwords.Begin(context);
        if (!code.TryTake(request.Code ?? ""))
        {
            brakes.Passwords.Failed(context, "set-up code");
            return Problem.Of(StatusCodes.Status403Forbidden, $"That is not the code of the console. After {SetupCode.Tries} wrong ones there is another: look there again.");
        }

        brakes.Passwords.Passed(context);
        try
        {
            trail.Write(context, "owner set up");
            sessions.RemoveAll();
            await owner.SetAsync(request.Password!, cancellationToken);
            code.Use();
        }
        catch
        {
            code.PutBack();
            throw;
        }

        return Results.Ok(SessionEndpoints.SignIn(context, sessions));
    }

    /// <summary>Whoever was signed in elsewhere is so no longer.</summary>
    private static async Task<IResult> ChangeAsync(
        PasswordRequest request, HttpContext context, OwnerAccount owner, SessionBook sessions, AuditTrail trail, GuessBrakes brakes, CancellationToken cancellationToken)
    {
        if (OwnerAccount.Complaint(request.NewPassword) is { } complaint)
        {
            return Problem.BadRequest(complaint);
        }

        brakes.Passwords.Begin(context);
        if (!await owner.AdmitsAsync(request.Password ?? "", cancellationToken))
        {
            brakes.Passwords.Failed(context, "password");
            return Problem.Of(StatusCodes.Status403Forbidden, "That is not the owner's password.");
        }

        brakes.Passwords.Passed(context);
        trail.Write(context, "password changed");
        await owner.SetAsync(request.NewPassword!, cancellationToken);
        sessions.RemoveAll(except: (context.Caller() as Caller.Signed)?.Session);
        return Results.NoContent();
    }
}
