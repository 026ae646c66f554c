using Appliance.Access;
using Appliance.Problems;
using Appliance.Reference;
using Appliance.Sources;

namespace Appliance.Live;

internal static class LiveEndpoints
{
    public static void MapLive(this IEndpointRouteBuilder app) => app.MapGet("/v1/events", Events).Needs(Scope.Play).Describe(new("That something has changed, as server-sent events")
    {
        More = "An event is named after its topic and says how often that has changed: whoever hears it asks again for what it shows. library is for whoever may play, jobs for keys with jobs, the others for the owner.",
        Asks = [Asked.Query("topics", "Names with commas between, of library, activity, jobs, storage, hardware, budgets, network and earnings; all that the caller may hear of without it.")],
        Answers = [Answer.Bytes("text/event-stream", "Until the listener goes or the box stops.")],
        Refuses = [503],
    });

    /// <summary>Of the topics that are named, or of all that the caller may hear of.</summary>
    private static IResult Events(
        string? topics, HttpContext context, LiveBoard board, SourceLibrary library, SourceIntake intake, TimeProvider time, IHostApplicationLifetime lifetime)
    {
        IReadOnlyList<LiveTopic> chosen = board.For(context.Caller().Held);
        if (topics is not null)
        {
            string[] names = [.. topics.Split(',', board.Topics.Count + 1).Distinct()];
            if (Array.Find(names, name => board.Topics.All(topic => topic.Name != name)) is not null)
            {
                return Problem.BadRequest($"topics must be names with commas between, of {string.Join(", ", board.Topics.Select(topic => topic.Name))}.");
            }

            if (Array.Find(names, name => chosen.All(topic => topic.Name != name)) is { } closed)
            {
                LiveTopic topic = board.Topics.First(topic => topic.Name == closed);
                return context.Caller() is Caller.Home
                    ? Problem.Of(StatusCodes.Status401Unauthorized, $"The owner alone hears of {closed}: sign in.")
                    : Problem.Of(StatusCodes.Status403Forbidden, $"To hear of {closed} wants the scope {Scopes.NamesOf(topic.Wants)[0]}, which this key does not have.");
            }

            chosen = [.. chosen.Where(topic => names.Contains(topic.Name))];
        }

        return new LiveStreamResult(chosen, board, library, intake, time, lifetime.ApplicationStopping);
    }
}
