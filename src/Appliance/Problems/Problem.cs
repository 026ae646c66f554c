using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;

namespace Appliance.Problems;

/// <summary>Errors as <c>application/problem+json</c> (RFC 9457).</summary>
internal static class Problem
{
    /// <summary>A handler's answer.</summary>
    /// <param name="status">400 to 599.</param>
    /// <param name="detail">One sentence for a person; never a path, never a native message of another process.</param>
    /// <param name="code">One of <see cref="ProblemCode"/>, where a program may want to tell it from others of the same status.</param>
    public static ProblemHttpResult Of(int status, string detail, string? code = null) =>
        TypedResults.Problem(detail, statusCode: status, extensions: code is null ? null : [new(ProblemCode.Member, code)]);

    public static ProblemHttpResult NotFound(string detail) => Of(StatusCodes.Status404NotFound, detail);

    public static ProblemHttpResult BadRequest(string detail) => Of(StatusCodes.Status400BadRequest, detail);

    /// <summary>An answer from outside of a handler.</summary>
    public static Task WriteAsync(HttpContext context, int status, string detail, string? code = null) =>
        Of(status, detail, code).ExecuteAsync(context);
}
