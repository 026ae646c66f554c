using Appliance.Sources;
using Appliance.Sources.Remote;
using Transcode.Engine.Workers;
using global::Rewards.Accounts;
using global::Rewards.Log;
using global::Rewards.Metering;
using global::Rewards.Receipts;

namespace Appliance.Problems;

/// <summary>Sees to it that every error leaves as problem+json, whoever noticed it.</summary>
internal static partial class ProblemAnswers
{
    public static void UseProblemAnswers(this WebApplication app)
    {
        app.Use(AnswerExceptions);
        app.UseStatusCodePages(context => Problem.WriteAsync(
            context.HttpContext,
            context.HttpContext.Response.StatusCode,
            Sentence(context.HttpContext.Response.StatusCode)));
    }

    private static async Task AnswerExceptions(HttpContext context, RequestDelegate next)
    {
        try
        {
            await next(context);
        }
        catch (OperationCanceledException) when (context.RequestAborted.IsCancellationRequested)
        {
            // Nobody is there to be answered.
        }
        catch (Exception exception)
        {
            if (context.Response.HasStarted)
            {
                // A body that stops short must not look complete: the connection ends without its last chunk.
                switch (exception)
                {
                    case OperationCanceledException:
                        break;
                    case TranscodeException transcode:
                        BrokenOff(Logger(context), context.Request.Path, transcode.Message);
                        break;
                    default:
                        Log(context, exception);
                        break;
                }

                context.Abort();
                return;
            }

            await AnswerAsync(context, exception);
        }
    }

    private static Task AnswerAsync(HttpContext context, Exception exception)
    {
        // What a handler had promised of its answer is void; what the pipeline says of every answer stays.
        context.Response.Headers.Remove("ETag");
        context.Response.Headers.Remove("Cache-Control");
        context.Response.Headers.Remove("Accept-Ranges");
        context.Response.ContentLength = null;
        switch (exception)
        {
            case TranscodeException transcode when OriginException.Behind(transcode) is { } origin:
                context.Response.Headers.RetryAfter = "5";
                return Problem.WriteAsync(context, origin.Status, origin.Message, origin.Code);
            case TranscodeException transcode:
                return FailureMapping.WriteAsync(context, transcode.Failure);
            case RequestRefusedException refused:
                if (refused.RetryAfterSeconds is { } seconds)
                {
                    context.Response.Headers.RetryAfter = seconds.ToString();
                }

                return Problem.WriteAsync(context, refused.Status, refused.Message, refused.Code);
            case SourceGoneException gone:
                return Problem.WriteAsync(context, StatusCodes.Status410Gone, gone.Message, ProblemCode.SourceGone);
            case BadHttpRequestException bad:
                return Problem.WriteAsync(context, bad.StatusCode, Sentence(bad.StatusCode));
            case AccountsException or ReceiptException or LedgerException or LogException:
                BooksFailed(Logger(context), context.Request.Path, exception.Message);
                context.Response.Headers.RetryAfter = "5";
                return Problem.WriteAsync(
                    context, StatusCodes.Status503ServiceUnavailable, "The books cannot be read or written now, as far as is known: ask again for the same.");
            case OperationCanceledException:
                context.Response.Headers.RetryAfter = "5";
                return Problem.WriteAsync(context, StatusCodes.Status503ServiceUnavailable, "The appliance is stopping.", ProblemCode.Stopping);
            default:
                Log(context, exception);
                return Problem.WriteAsync(context, StatusCodes.Status500InternalServerError, "The appliance made a mistake; its log says more.", ProblemCode.Of(FailureCause.Internal));
        }
    }

    private static string Sentence(int status) => status switch
    {
        StatusCodes.Status400BadRequest => "The request cannot be understood.",
        StatusCodes.Status404NotFound => "There is nothing at this address.",
        StatusCodes.Status405MethodNotAllowed => "This address does not take that method; Allow says which it takes.",
        StatusCodes.Status413PayloadTooLarge => "The request's body is too large.",
        StatusCodes.Status415UnsupportedMediaType => "The request's body must be application/json.",
        _ => "The request cannot be answered.",
    };

    private static void Log(HttpContext context, Exception exception) => RequestFailed(
        Logger(context),
        exception,
        context.Request.Method,
        context.Request.Path);

    private static ILogger Logger(HttpContext context) =>
        context.RequestServices.GetRequiredService<ILoggerFactory>().CreateLogger(typeof(ProblemAnswers));

    [LoggerMessage(Level = LogLevel.Error, Message = "{Path} could not be answered from the books: {Reason}")]
    private static partial void BooksFailed(ILogger logger, PathString path, string reason);

    [LoggerMessage(Level = LogLevel.Warning, Message = "{Path} was broken off: {Reason}")]
    private static partial void BrokenOff(ILogger logger, PathString path, string reason);

    [LoggerMessage(Level = LogLevel.Error, Message = "{Method} {Path} failed")]
    private static partial void RequestFailed(ILogger logger, Exception exception, string method, PathString path);
}
