using Appliance.Access;
using Appliance.Access.Audit;
using Appliance.Problems;
using Appliance.Reference;
using Appliance.Sources;
using Appliance.Startup;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Appliance.Budgets;

/// <summary>What the owner lets the box take, while it runs.</summary>
internal static class BudgetEndpoints
{
    public static void MapBudgets(this IEndpointRouteBuilder app)
    {
        app.MapMethods("/v1/budgets/wish", SourceEndpoints.Reading, Show).Needs(Scope.Owner).Describe(new("What the owner lets the box take, and what the start says of the same")
        {
            Answers = [Answer.Json<BudgetWishResponse>("As it is now.")],
        });
        app.MapPut("/v1/budgets/wish", Set).Needs(Scope.Owner).Describe(new("Says what the box may take, at once and for later starts")
        {
            More = "All of it: what is left out is as the start has it. What is said on the command line or in the environment stands above it, and the answer says so.",
            Takes = Taken.Json<BudgetWish>(),
            Answers = [Answer.Json<BudgetWishResponse>("It holds.")],
            Refuses = [507],
        });
    }

    private static Ok<BudgetWishResponse> Show(BudgetChanges changes, HttpResponse response)
    {
        response.Headers.CacheControl = "no-store";
        return TypedResults.Ok(changes.Show());
    }

    private static Results<Ok<BudgetWishResponse>, ProblemHttpResult> Set(BudgetWish request, BudgetChanges changes, AuditTrail trail, HttpContext context)
    {
        context.Response.Headers.CacheControl = "no-store";
        try
        {
            return TypedResults.Ok(changes.Set(request, () => trail.Write(context, "budget changed", request.ToString())));
        }
        catch (UsageException exception)
        {
            return Problem.BadRequest(exception.Message);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            return Problem.Of(StatusCodes.Status507InsufficientStorage, $"It cannot be written down, and nothing has changed: {exception.Message}");
        }
    }
}
