using System.Globalization;
using Appliance.Access;
using Appliance.Access.Audit;
using Appliance.Idempotency;
using Appliance.Problems;
using Appliance.Reference;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Server.Kestrel.Core.Features;
using MinDataRate = Microsoft.AspNetCore.Server.Kestrel.Core.MinDataRate;

namespace Appliance.Uploads;

/// <summary>Uploads by tus 1.0.0 (tus.io): a film comes in as many pieces as it takes, and goes on where it broke off.</summary>
internal static class UploadEndpoints
{
    private const string Version = "1.0.0";

    private const string Extensions = "creation,creation-with-upload,expiration,checksum,termination";

    private const string PieceType = "application/offset+octet-stream";

    /// <summary>What tus names for a piece that is not what its checksum says.</summary>
    private const int ChecksumMismatch = 460;

    /// <summary>A body that comes slower is broken off, and what came of it is kept.</summary>
    private static readonly MinDataRate Slowest = new(bytesPerSecond: 1024, gracePeriod: TimeSpan.FromSeconds(10));

    private static readonly Asked Id = Asked.Path("id", "The upload's, as its Location has it.");

    private static readonly Asked Spoke = Asked.Header("Tus-Resumable", "Which tus is spoken.") with { Choices = [Version], IsNeeded = true };

    private static readonly Asked Checksum = Asked.Header("Upload-Checksum", $"Of the piece: one of {UploadChecksum.Algorithms}, a blank, and the digest in base64.");

    private static readonly Answer Spoken = Answer.Nothing("Nothing but headers.") with
    {
        Headers = new Dictionary<string, string>
        {
            ["Tus-Resumable"] = Version, ["Tus-Version"] = Version, ["Tus-Extension"] = Extensions, ["Tus-Max-Size"] = "Bytes of all uploads together.", ["Tus-Checksum-Algorithm"] = UploadChecksum.Algorithms,
        },
    };

    public static void MapUploads(this IEndpointRouteBuilder app)
    {
        app.MapMethods("/v1/uploads", [HttpMethods.Options], Options).NeedsNothing().Describe(new("What of tus is spoken")
        {
            Answers = [Spoken],
        });
        app.MapMethods("/v1/uploads/{id}", [HttpMethods.Options], Options).NeedsNothing().Describe(new("What of tus is spoken")
        {
            Asks = [Id],
            Answers = [Spoken],
        });
        app.MapGet("/v1/uploads", List).Needs(Scope.Library).Describe(new("Uploads that are not whole yet")
        {
            Answers = [Answer.Json<UploadListResponse>($"All of them; at most {UploadStore.Limit}.")],
        });
        app.MapPost("/v1/uploads", CreateAsync).Needs(Scope.Library).TakesIdempotencyKey().Describe(new("Begins an upload (tus 1.0.0)")
        {
            More = "A body of its own media type is its first piece.",
            Asks = [Spoke, Asked.Header("Upload-Length", "Bytes of the whole film.") with { Least = 1, Most = long.MaxValue, IsNeeded = true }, Asked.Header("Upload-Metadata", "Pairs of a key and a value in base64, with commas between: filename, or title."), Checksum, IdempotencyKey.Asked],
            Takes = Taken.Bytes(PieceType) with { IsOptional = true },
            Answers = [Stands("It is begun.", StatusCodes.Status201Created, "Location")],
            Refuses = [409, 412, 413, 422, 460, 507],
        });
        app.MapMethods("/v1/uploads/{id}", [HttpMethods.Head], Tell).Needs(Scope.Library).Describe(new("How far an upload is (tus 1.0.0)")
        {
            Asks = [Id, Spoke],
            Answers = [Stands("So far it is.", StatusCodes.Status200OK, "Upload-Length", "Upload-Metadata")],
            Refuses = [404, 412],
        });
        app.MapMethods("/v1/uploads/{id}", [HttpMethods.Patch], TakeAsync).Needs(Scope.Library).Describe(new("Takes a piece of an upload (tus 1.0.0)")
        {
            Asks = [Id, Spoke, Asked.Header("Upload-Offset", "Where the piece begins: as many bytes as there are.") with { Least = 0, Most = long.MaxValue, IsNeeded = true }, Checksum],
            Takes = Taken.Bytes(PieceType),
            Answers = [Stands("It is sure.", StatusCodes.Status204NoContent)],
            Refuses = [404, 409, 412, 413, 423, 460, 507],
        });
        app.MapDelete("/v1/uploads/{id}", Remove).Needs(Scope.Library).Describe(new("Ends an upload (tus 1.0.0)")
        {
            Asks = [Id, Spoke],
            Answers = [Answer.Nothing("It is gone.")],
            Refuses = [404, 412, 423],
        });

        // For clients behind what lets no other methods through.
        app.MapPost("/v1/uploads/{id}", OverriddenAsync).Needs(Scope.Library).Describe(new("HEAD, PATCH or DELETE, for clients behind what lets no other methods through")
        {
            Asks = [Id, Spoke, Asked.Header("X-HTTP-Method-Override", "What is meant.") with { Choices = ["HEAD", "PATCH", "DELETE"], IsNeeded = true }, Asked.Header("Upload-Offset", "As of PATCH.") with { Least = 0, Most = long.MaxValue }, Checksum],
            Takes = Taken.Bytes(PieceType) with { IsOptional = true },
            Answers = [Stands("As of PATCH and DELETE.", StatusCodes.Status204NoContent), Stands("As of HEAD.", StatusCodes.Status200OK, "Upload-Length", "Upload-Metadata")],
            Refuses = [404, 405, 409, 412, 413, 423, 460, 507],
        });
    }

    private static Answer Stands(string text, int status, params string[] others) => Answer.Nothing(text, status) with
    {
        Headers = new Dictionary<string, string>(others.Select(name => KeyValuePair.Create(name, "As tus has it.")))
        {
            ["Tus-Resumable"] = Version, ["Upload-Offset"] = "Bytes that there are.", ["Upload-Expires"] = "When it is removed, if no more of it comes.",
        },
    };

    private static NoContent Options(HttpResponse response, UploadStore store)
    {
        response.Headers["Tus-Resumable"] = Version;
        response.Headers["Tus-Version"] = Version;
        response.Headers["Tus-Extension"] = Extensions;
        response.Headers["Tus-Max-Size"] = Text(store.Quota);
        response.Headers["Tus-Checksum-Algorithm"] = UploadChecksum.Algorithms;
        return TypedResults.NoContent();
    }

    private static Ok<UploadListResponse> List(HttpResponse response, UploadStore store)
    {
        response.Headers.CacheControl = "no-store";
        return TypedResults.Ok(new UploadListResponse(
            [.. store.All.Select(upload => new UploadResponse(upload.Id, upload.Record.Title, upload.Record.Length, upload.Offset, UploadStore.ExpiryOf(upload)))]));
    }

    private static async Task<IResult> CreateAsync(HttpContext context, UploadStore store, AuditTrail trail, TimeProvider time)
    {
        if (Begin(context) is { } refusal)
        {
            return refusal;
        }

        IHeaderDictionary headers = context.Request.Headers;
        if (!TryNumber(headers["Upload-Length"], out long length) || length < 1 || headers.ContainsKey("Upload-Defer-Length"))
        {
            return Problem.BadRequest("Upload-Length must say how many bytes the film has, at least 1; that it is told later (Upload-Defer-Length) is not taken.");
        }

        if (length > store.Quota)
        {
            return Problem.Of(StatusCodes.Status413PayloadTooLarge, $"At most {store.Quota} bytes are taken for all uploads together (--uploads-quota).");
        }

        string? metadata = headers["Upload-Metadata"];
        if (!UploadMetadata.TryReadTitle(metadata, out string title))
        {
            return Problem.BadRequest("Upload-Metadata must be pairs of a key and a value in base64, with commas between.");
        }

        bool hasPiece = context.Request.ContentType == PieceType;
        UploadChecksum? checksum = null;
        if (hasPiece && !TryChecksum(headers, out checksum))
        {
            return BadChecksum();
        }

        trail.Write(context, "upload begun", title);
        try
        {
            if (store.Create(new(title, length, metadata), out string? why) is not { } upload)
            {
                return Problem.Of(StatusCodes.Status507InsufficientStorage, why!);
            }

            context.Response.Headers.Location = $"/v1/uploads/{upload.Id}";
            if (hasPiece && upload.TryBegin())
            {
                IResult taken = await TakePieceAsync(context, upload, checksum, store, time);
                if (taken is not NoContent)
                {
                    return taken;
                }
            }

            Describe(context.Response, upload);
            return TypedResults.StatusCode(StatusCodes.Status201Created);
        }
        catch (Exception exception) when (exception is IOException and not BadHttpRequestException or UnauthorizedAccessException)
        {
            return NotWritten();
        }
    }

    private static IResult Tell(string id, HttpContext context, UploadStore store)
    {
        context.Response.Headers.CacheControl = "no-store";
        if (Begin(context) is { } refusal)
        {
            return refusal;
        }

        if (store.Find(id) is not { } upload)
        {
            return NotThere();
        }

        Describe(context.Response, upload);
        context.Response.Headers["Upload-Length"] = Text(upload.Record.Length);
        if (upload.Record.Metadata is { Length: > 0 } metadata)
        {
            context.Response.Headers["Upload-Metadata"] = metadata;
        }

        return TypedResults.Ok();
    }

    private static async Task<IResult> TakeAsync(string id, HttpContext context, UploadStore store, TimeProvider time)
    {
        if (Begin(context) is { } refusal)
        {
            return refusal;
        }

        if (store.Find(id) is not { } upload)
        {
            return NotThere();
        }

        IHeaderDictionary headers = context.Request.Headers;
        if (context.Request.ContentType != PieceType)
        {
            return Problem.Of(StatusCodes.Status415UnsupportedMediaType, $"A piece's Content-Type must be {PieceType}.");
        }

        if (!TryNumber(headers["Upload-Offset"], out long offset))
        {
            return Problem.BadRequest("Upload-Offset must say where the piece begins.");
        }

        if (!TryChecksum(headers, out UploadChecksum? checksum))
        {
            return BadChecksum();
        }

        if (!upload.TryBegin())
        {
            return Problem.Of(StatusCodes.Status423Locked, "Another request writes to this upload: ask again in a moment where it stands.");
        }

        if (offset != upload.Offset || store.Find(id) != upload)
        {
            upload.End();
            return Problem.Of(StatusCodes.Status409Conflict, $"This upload has {upload.Offset} bytes: a piece begins there.");
        }

        return await TakePieceAsync(context, upload, checksum, store, time);
    }

    /// <param name="context">The request that brings the piece.</param>
    /// <param name="upload">Begun; it is ended here.</param>
    /// <param name="checksum">Of the piece.</param>
    /// <param name="store">Of the upload.</param>
    /// <param name="time">What tells when it changed.</param>
    private static async Task<IResult> TakePieceAsync(HttpContext context, Upload upload, UploadChecksum? checksum, UploadStore store, TimeProvider time)
    {
        try
        {
            long missing = upload.Record.Length - upload.Offset;
            if (context.Request.ContentLength > missing)
            {
                return TooLong(missing);
            }

            // Here alone a body may be as long as a film; what it may be is counted while it comes.
            context.Features.Get<IHttpMaxRequestBodySizeFeature>()?.MaxRequestBodySize = null;
            context.Features.Get<IHttpMinRequestBodyDataRateFeature>()?.MinDataRate = Slowest;
            CancellationToken stopping = context.RequestServices.GetRequiredService<IHostApplicationLifetime>().ApplicationStopping;
            using var ended = CancellationTokenSource.CreateLinkedTokenSource(context.RequestAborted, stopping);
            UploadEnd end = await UploadBody.TakeAsync(upload, context.Request.Body, checksum, time, ended.Token);
            if (end == UploadEnd.Taken && upload.IsWhole)
            {
                store.Offer(upload);
            }

            Describe(context.Response, upload);
            return end switch
            {
                UploadEnd.Taken => TypedResults.NoContent(),
                UploadEnd.TooLong => TooLong(missing),
                UploadEnd.Mismatch => Problem.Of(ChecksumMismatch, "The piece is not what its checksum says, and was not kept."),
                _ when stopping.IsCancellationRequested => Stopping(context.Response),
                _ => Problem.BadRequest("The piece broke off; what came of it was kept."),
            };
        }
        catch (Exception exception) when (exception is IOException and not BadHttpRequestException or UnauthorizedAccessException)
        {
            return NotWritten();
        }
        finally
        {
            upload.End();
        }
    }

    private static IResult Remove(string id, HttpContext context, UploadStore store, AuditTrail trail)
    {
        if (Begin(context) is { } refusal)
        {
            return refusal;
        }

        if (store.Find(id) is not { } upload)
        {
            return NotThere();
        }

        if (!upload.TryBegin())
        {
            return Problem.Of(StatusCodes.Status423Locked, "Another request writes to this upload: ask again when it has ended.");
        }

        try
        {
            trail.Write(context, "upload removed", upload.Record.Title);
            store.Remove(upload);
        }
        finally
        {
            upload.End();
        }

        return TypedResults.NoContent();
    }

    private static Task<IResult> OverriddenAsync(string id, HttpContext context, UploadStore store, AuditTrail trail, TimeProvider time) => context.Request.Headers["X-HTTP-Method-Override"].ToString() switch
    {
        "PATCH" => TakeAsync(id, context, store, time),
        "DELETE" => Task.FromResult(Remove(id, context, store, trail)),
        "HEAD" => Task.FromResult(Tell(id, context, store)),
        _ => Task.FromResult<IResult>(Problem.Of(StatusCodes.Status405MethodNotAllowed, "An upload is asked by HEAD, PATCH or DELETE.")),
    };

    /// <returns>Why the client is not understood; null where it is.</returns>
    private static ProblemHttpResult? Begin(HttpContext context)
    {
        context.Response.Headers["Tus-Resumable"] = Version;
        if (context.Request.Headers["Tus-Resumable"] == Version)
        {
            return null;
        }

        context.Response.Headers["Tus-Version"] = Version;
        return Problem.Of(StatusCodes.Status412PreconditionFailed, $"Uploads speak tus {Version}: Tus-Resumable must say so.");
    }

    private static void Describe(HttpResponse response, Upload upload)
    {
        response.Headers["Upload-Offset"] = Text(upload.Offset);
        if (UploadStore.ExpiryOf(upload) is { } expiry)
        {
            response.Headers["Upload-Expires"] = expiry.ToString("R");
        }
    }

    private static bool TryChecksum(IHeaderDictionary headers, out UploadChecksum? checksum)
    {
        checksum = null;
        return !headers.TryGetValue("Upload-Checksum", out var given) || UploadChecksum.TryParse(given.ToString(), out checksum);
    }

    private static bool TryNumber(string? text, out long number) => long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out number);

    private static string Text(long number) => number.ToString(CultureInfo.InvariantCulture);

    /// <summary>A film takes longer than a box may take to stop; its sender goes on where it was when there is a box again.</summary>
    private static ProblemHttpResult Stopping(HttpResponse response)
    {
        response.Headers.RetryAfter = "10";
        return Problem.Of(StatusCodes.Status503ServiceUnavailable, "The box stops; what came was kept. Ask where the upload stands, and go on there.");
    }

    private static ProblemHttpResult NotThere() => Problem.NotFound("There is no such upload, or it was removed.");

    private static ProblemHttpResult BadChecksum() => Problem.BadRequest($"Upload-Checksum must be one of {UploadChecksum.Algorithms}, and the digest in base64.");

    private static ProblemHttpResult TooLong(long missing) => Problem.Of(StatusCodes.Status413PayloadTooLarge, $"{missing} bytes are missing of this film, and the piece is longer.");

    private static ProblemHttpResult NotWritten() =>
        Problem.Of(StatusCodes.Status507InsufficientStorage, "The disk takes no more. What was acknowledged is kept: go on when there is room.");
}
