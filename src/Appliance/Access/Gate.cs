using System.Text;
using System.Security.Cryptography;
using System.Text.Json;
using Appliance.Access.Guessing;
using Appliance.Access.Keys;
using Appliance.Access.Links;
using Appliance.Access.Sessions;
using Appliance.Problems;
using Microsoft.Net.Http.Headers;

namespace Appliance.Access;

/// <summary>Decides once a request who asks, and whether he may, before anything of the body is read: a stranger learns nothing from how one is refused.</summary>
internal sealed class Gate(SessionBook sessions, KeyShelf keys, KeyMeter meter, HomeSwitch home, GuessBrakes brakes, TimeProvider time)
{
    private const string Scheme = "Bearer ";
    private const string CsrfHeader = "X-CSRF-Token";

    /// <exception cref="RequestRefusedException">401 without a credential that holds, 403 without the right to this, 429 after too much.</exception>
    public Task PassAsync(HttpContext context, RequestDelegate next)
    {
        Caller caller = Find(context);
        context.Features.Set(caller);

        // What the router itself answers with, as 405, is for all.
        if (context.GetEndpoint() is RouteEndpoint endpoint)
        {
            Need need = endpoint.Metadata.GetMetadata<Need>() ?? new(Scope.Owner);
            Scope wanted = need.Scope;
            if (!need.IsMetBy(caller.Held))
            {
                throw caller is Caller.Home or Caller.Stranger
                    ? NoCredential(context, "This wants an API key, as Authorization: Bearer KEY, or the owner to be signed in.")
                    : new(StatusCodes.Status403Forbidden, $"This wants the scope {string.Join(" or ", Scopes.NamesOf(wanted))}, which {(caller is Caller.Link ? "a playback address" : "this key")} does not have.");
            }

            CheckForgery(context, caller);
            KeepPrivate(context, caller, wanted);
        }

        return next(context);
    }

    private Caller Find(HttpContext context)
    {
        HttpRequest request = context.Request;
        if (context.Features.Get<LinkedRequest>() is { } linked)
        {
            return linked.Link is not { } link ? throw new RequestRefusedException(StatusCodes.Status403Forbidden, "This box did not sign this address, or ended those that it had signed.")
                : link.Ends <= time.GetUtcNow() ? throw new RequestRefusedException(StatusCodes.Status403Forbidden, "This address has ended.")
                : new Caller.Link(link.Source);
        }

        if (request.Headers.Authorization is { Count: > 0 } authorization)
        {
            return App(context, authorization.ToString());
        }

        if (SessionCookie.Read(request) is { Length: > 0 } id && sessions.Find(id) is { } session)
        {
            return new Caller.Signed(session, SessionBook.CsrfOf(id));
        }

        return home.IsOpen
            && HomeNetwork.Has(context.Connection.RemoteIpAddress)
            && RequestOrigin.IsLocalName(request)
            && !RequestOrigin.IsProxied(request)
            && !RequestOrigin.IsOfAnotherHost(request)
                ? new Caller.Home()
                : new Caller.Stranger();
    }

    /// <summary>A key that holds passes whatever others at its address tried: it cannot be guessed in so many tries, nor kept from working.</summary>
    private Caller.App App(HttpContext context, string authorization)
    {
        ApiKey? key;
        try
        {
            key = authorization.StartsWith(Scheme, StringComparison.OrdinalIgnoreCase) ? keys.Find(authorization[Scheme.Length..].Trim()) : null;
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException or JsonException)
        {
            throw new RequestRefusedException(StatusCodes.Status503ServiceUnavailable, "The box cannot read its keys now.", retryAfterSeconds: 5);
        }

        if (key is null)
        {
            brakes.Keys.Begin(context);
            brakes.Keys.Failed(context, "key");
            throw NoCredential(context, "There is no such key.");
        }

        if (!key.HoldsAt(time.GetUtcNow()))
        {
            throw NoCredential(context, "This key has ended.");
        }

        meter.Count(key);
        return new(key);
    }

    /// <summary>A cookie is sent by the browser, whoever's page asks: what changes anything must show that the box's own page does.</summary>
    private static void CheckForgery(HttpContext context, Caller caller)
    {
        HttpRequest request = context.Request;
        if (caller is not Caller.Signed { Csrf: var csrf } || HttpMethods.IsGet(request.Method) || HttpMethods.IsHead(request.Method))
        {
            return;
        }

        if (!RequestOrigin.IsOwnPage(request)
            || !CryptographicOperations.FixedTimeEquals(Encoding.UTF8.GetBytes(request.Headers[CsrfHeader].ToString()), Encoding.UTF8.GetBytes(csrf)))
        {
            throw new RequestRefusedException(StatusCodes.Status403Forbidden, $"A signed-in page must send {CsrfHeader}, as GET /v1/session gives it, and be this box's own.");
        }
    }

    /// <summary>What is for some must not be kept by what lies between for all.</summary>
    private static void KeepPrivate(HttpContext context, Caller caller, Scope wanted)
    {
        if (wanted is not (Scope.None or Scope.Play))
        {
            context.Response.Headers.CacheControl = "no-store";
        }
        else if (wanted is Scope.Play && caller is Caller.Signed or Caller.App)
        {
            context.Response.OnStarting(static state =>
            {
                var headers = (IHeaderDictionary)state;
                headers.CacheControl = headers.CacheControl.ToString().Replace("public", "private", StringComparison.Ordinal);
                return Task.CompletedTask;
            }, context.Response.Headers);
        }
    }

    private static RequestRefusedException NoCredential(HttpContext context, string detail)
    {
        context.Response.Headers[HeaderNames.WWWAuthenticate] = "Bearer realm=\"appliance\"";
        return new(StatusCodes.Status401Unauthorized, detail);
    }
}
