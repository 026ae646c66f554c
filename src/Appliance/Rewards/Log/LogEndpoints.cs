using Appliance.Access;
using Appliance.Problems;
using Appliance.Reference;
using Appliance.Sources;
using Microsoft.AspNetCore.Http.HttpResults;
using global::Rewards.Log;

namespace Appliance.Rewards.Log;

/// <summary>The log as anybody may read it (C2SP tlog-tiles).</summary>
internal static class LogEndpoints
{
    public const string Text = "text/plain; charset=utf-8";
    private const string Bytes = "application/octet-stream";

    /// <summary>A whole tile never changes, and a partial one of a width neither (tlog-tiles, "Merkle Tree").</summary>
    private const string Immutable = "public, max-age=31536000, immutable";

    public static void MapLog(this IEndpointRouteBuilder app)
    {
        app.MapMethods("/v1/log/checkpoint", SourceEndpoints.Reading, Checkpoint).NeedsNothing().Describe(new("The public log's size and root, signed and cosigned")
        {
            Answers = [Answer.Bytes("text/plain", "A signed note (c2sp.org/tlog-checkpoint).")],
            Refuses = [503],
        });
        app.MapMethods("/v1/log/key", SourceEndpoints.Reading, Key).NeedsNothing().Describe(new("Whom to trust for the log")
        {
            Answers = [Answer.Bytes("text/plain", "A verifier key (c2sp.org/signed-note).")],
            Refuses = [503],
        });
        app.MapMethods("/v1/log/tile/{**path}", SourceEndpoints.Reading, Tile).NeedsNothing().Describe(new("The log's hashes and entries, 256 a tile (c2sp.org/tlog-tiles)")
        {
            Asks = [Asked.Path("path", "LEVEL/INDEX or entries/INDEX, the index in groups of three digits, with .p/WIDTH behind a partial one. Its slashes stay as they are.", "0/000.p/1")],
            Answers = [Answer.Bytes("application/octet-stream", "The tile.")],
            Refuses = [404, 503],
        });
    }

    private static IResult Checkpoint(PublicLog log, HttpResponse response)
    {
        response.Headers.CacheControl = "no-store";
        return log.Log is { } open ? Results.Text(open.Note.ToString(), Text) : None();
    }

    private static IResult Key(PublicLog log, HttpResponse response)
    {
        response.Headers.CacheControl = "no-store";
        return log.Log is { } open ? Results.Text(open.VerifierKey + "\n", Text) : None();
    }

    private static IResult Tile(string path, PublicLog log, HttpResponse response)
    {
        if (log.Log is not { } open)
        {
            return None();
        }

        if (!TilePath.TryParse(path, out TilePath tile))
        {
            return Problem.BadRequest("A tile is LEVEL/INDEX or entries/INDEX, the index in groups of three digits, with .p/WIDTH behind a partial one.");
        }

        byte[]? bytes = tile.Level is { } level ? open.ReadTile(level, tile.Index, tile.Width) : open.ReadEntries(tile.Index, tile.Width);
        if (bytes is null)
        {
            return Problem.NotFound("The log under its last checkpoint does not have all of this tile.");
        }

        response.Headers.CacheControl = Immutable;
        return Results.Bytes(bytes, Bytes);
    }

    private static ProblemHttpResult None() => Problem.Of(StatusCodes.Status503ServiceUnavailable, "This box has no log now; its owner is told why.");
}
