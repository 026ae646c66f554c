using System.Net;
using Appliance.Problems;
using Appliance.Startup;
using global::Rewards.Log;

namespace Appliance.Rewards.Log.Witnesses;

/// <summary>Serves a witness of other logs (C2SP tlog-witness).</summary>
internal static class WitnessServer
{
    /// <summary>Of a 409 (tlog-witness, add-checkpoint).</summary>
    private const string SizeText = "text/x.tlog.size";

    public static WebApplication Build(LogWitness witness, IPEndPoint listen)
    {
        WebApplicationBuilder builder = WebApplication.CreateSlimBuilder(new WebApplicationOptions
        {
            ContentRootPath = AppContext.BaseDirectory,
            EnvironmentName = Environments.Production,
        });
        builder.AddLogs();
        builder.LimitShutdown();
        builder.WebHost.ConfigureKestrel(kestrel =>
        {
            Listening.SetLimits(kestrel);
            kestrel.Limits.MaxRequestBodySize = WitnessRequest.LengthLimit;
            kestrel.Listen(listen);
        });
        builder.Services.AddSingleton(witness);
        builder.Services.AddProblems();
        WebApplication app = builder.Build();
        app.UseProblemAnswers();
        app.MapPost("/add-checkpoint", AddAsync);
        return app;
    }

    private static async Task<IResult> AddAsync(HttpRequest request, LogWitness witness, CancellationToken cancellationToken)
    {
        using var body = new MemoryStream();
        await request.Body.CopyToAsync(body, cancellationToken);
        WitnessAnswer answer = witness.Add(body.GetBuffer().AsSpan(0, (int)body.Length));
        return answer.Outcome switch
        {
            WitnessOutcome.Cosigned => Results.Text($"{answer.Cosignature}\n", LogEndpoints.Text),
            WitnessOutcome.OtherSize or WitnessOutcome.Forked => Results.Text($"{answer.Size}\n", SizeText, statusCode: StatusCodes.Status409Conflict),
            WitnessOutcome.UnknownLog => Problem.NotFound("This witness does not watch that log."),
            WitnessOutcome.NotSigned => Problem.Of(StatusCodes.Status403Forbidden, "The checkpoint is not signed by that log's key."),
            WitnessOutcome.Inconsistent => Problem.Of(StatusCodes.Status422UnprocessableEntity, "The checkpoint does not continue what this witness cosigned, as far as its proof shows."),
            _ => Problem.BadRequest("That is no add-checkpoint request: an old size, a proof, a blank line and a checkpoint that is not smaller (https://c2sp.org/tlog-witness)."),
        };
    }
}
