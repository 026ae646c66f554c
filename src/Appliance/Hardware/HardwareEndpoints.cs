using Appliance.Access;
using Appliance.Access.Audit;
using Appliance.Hardware.Decoders;
using Appliance.Hardware.Encoders;
using Appliance.Problems;
using Appliance.Reference;
using Appliance.Sources;
using Microsoft.AspNetCore.Http.HttpResults;
using Transcode.Engine.Workers;

namespace Appliance.Hardware;

internal static class HardwareEndpoints
{
    public static void MapHardware(this IEndpointRouteBuilder app)
    {
        app.MapMethods("/v1/hardware", SourceEndpoints.Reading, NowAsync).Needs(Scope.Owner).Describe(new("The box, its class, what makes the ladder's rungs, and every way to code pictures that it has")
        {
            Answers = [Answer.Json<HardwareResponse>("Each with a verdict and a reason.")],
            Refuses = [503],
        });
        app.MapPost("/v1/hardware/probe", ProbeAsync).Needs(Scope.Owner).Describe(new("Tries the ways to code pictures that were not tried, or all")
        {
            Asks = [Asked.Query("again", "Whether those are tried too that were.") with { IsSwitch = true }],
            Answers = [Answer.Nothing("They are being tried; GET /v1/hardware tells how far it is.", StatusCodes.Status202Accepted)],
            Refuses = [409, 503],
        });
    }

    private static async Task<IResult> NowAsync(HardwareBoard board, LadderEncoder encoder, LadderDecoder decoder, HttpResponse response, CancellationToken cancellationToken)
    {
        response.Headers.CacheControl = "no-store";
        try
        {
            return TypedResults.Ok(await board.AnswerAsync(await encoder.AnswerAsync(cancellationToken), await decoder.AnswerAsync(cancellationToken), cancellationToken));
        }
        catch (TranscodeException exception)
        {
            throw new RequestRefusedException(StatusCodes.Status503ServiceUnavailable, exception.Message);
        }
    }

    /// <summary>Tries what is not known, or with <c>?again=true</c> all of it; <c>GET /v1/hardware</c> tells how far it is.</summary>
    private static async Task<IResult> ProbeAsync(HardwareBoard board, bool? again, HttpContext context, AuditTrail trail, CancellationToken cancellationToken)
    {
        trail.Write(context, "hardware probed");
        try
        {
            return await board.TryStartAsync(again ?? false, cancellationToken)
                ? TypedResults.Accepted("/v1/hardware")
                : throw new RequestRefusedException(StatusCodes.Status409Conflict, "This box's paths are being tried already; GET /v1/hardware tells how far it is.");
        }
        catch (TranscodeException exception)
        {
            throw new RequestRefusedException(StatusCodes.Status503ServiceUnavailable, exception.Message);
        }
    }
}
