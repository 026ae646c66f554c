using System.Buffers;
using System.Security.Cryptography;
using System.Text;
using Appliance.Access;
using Appliance.Problems;

namespace Appliance.Idempotency;

/// <summary>Answers what was asked before as it was answered before, where the endpoint takes an <c>Idempotency-Key</c> and one is given.</summary>
internal sealed class Repeating(RememberedAnswers answers, TimeProvider time)
{
    /// <summary>Of a request's body, and of an answer that is remembered.</summary>
    private const int LongestBody = 64 << 10;

    /// <summary>What an upload is made of stands in its headers.</summary>
    private static readonly string[] Telling = ["Upload-Length", "Upload-Metadata"];

    public async Task PassAsync(HttpContext context, RequestDelegate next)
    {
        if (context.GetEndpoint()?.Metadata.GetMetadata<Repeatable>() is null || !context.Request.Headers.ContainsKey(IdempotencyKey.Header))
        {
            await next(context);
            return;
        }

        if (!IdempotencyKey.TryRead(context.Request, out string? given))
        {
            throw new RequestRefusedException(StatusCodes.Status400BadRequest, IdempotencyKey.Mistake);
        }

        string request = await ReadAsync(context);
        string key = $"{context.Caller().Name}\n{context.Request.Method} {context.Request.Path}\n{given}";
        if (answers.Begin(key, request) is { } known)
        {
            await RepeatAsync(context, known, request);
            return;
        }

        await AnswerAsync(context, next, key, request);
    }

    private static async Task RepeatAsync(HttpContext context, RememberedAnswer known, string request)
    {
        if (known.Request != request)
        {
            throw new RequestRefusedException(StatusCodes.Status422UnprocessableEntity, IdempotencyKey.Contradiction);
        }

        if (known.Status == 0)
        {
            throw new RequestRefusedException(StatusCodes.Status409Conflict, "The first request with this Idempotency-Key is still being answered.", retryAfterSeconds: 1);
        }

        context.Response.StatusCode = known.Status;
        foreach ((string name, var value) in known.Headers)
        {
            context.Response.Headers[name] = value;
        }

        if (!known.Body.IsEmpty)
        {
            await context.Response.Body.WriteAsync(known.Body, context.RequestAborted);
        }
    }

    /// <summary>Only what was done is remembered: what was refused may be sent again, corrected.</summary>
    private async Task AnswerAsync(HttpContext context, RequestDelegate next, string key, string request)
    {
        Stream outer = context.Response.Body;
        using var body = new MemoryStream();
        context.Response.Body = body;
        bool isDone = false;
        try
        {
            await next(context);
            isDone = context.Response.StatusCode is >= 200 and < 300 && body.Length <= LongestBody;
            if (isDone)
            {
                answers.Keep(key, new(request, time.GetUtcNow()) { Status = context.Response.StatusCode, Headers = [.. context.Response.Headers], Body = body.ToArray() });
            }
        }
        finally
        {
            context.Response.Body = outer;
            if (!isDone)
            {
                answers.Leave(key);
            }
        }

        if (body.Length > 0)
        {
            await outer.WriteAsync(body.GetBuffer().AsMemory(0, (int)body.Length), context.RequestAborted);
        }
    }

    /// <summary>Reads the body, so that it can be read again.</summary>
    /// <returns>SHA-256 of all that tells what is asked.</returns>
    private static async Task<string> ReadAsync(HttpContext context)
    {
        HttpRequest request = context.Request;
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        hash.AppendData(Encoding.UTF8.GetBytes(string.Join('\n', Telling.Select(name => request.Headers[name].ToString()).Append(request.QueryString.Value))));
        var body = new MemoryStream();
        byte[] piece = ArrayPool<byte>.Shared.Rent(LongestBody);
        try
        {
            for (int read; (read = await request.Body.ReadAsync(piece, context.RequestAborted)) > 0;)
            {
                if (body.Length + read > LongestBody)
                {
                    throw new RequestRefusedException(StatusCodes.Status413PayloadTooLarge, $"With an Idempotency-Key a body has at most {LongestBody} bytes.");
                }

                body.Write(piece, 0, read);
            }
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(piece);
        }

        hash.AppendData(body.GetBuffer(), 0, (int)body.Length);
        body.Position = 0;
        request.Body = body;
        context.Response.RegisterForDispose(body);
        return Convert.ToHexString(hash.GetHashAndReset());
    }
}
