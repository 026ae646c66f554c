using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using Appliance.Tests.Hosting;

namespace Appliance.Tests.Access;

/// <summary>What an owner does in a browser, by hand.</summary>
internal static class Owners
{
    public const string Password = "correct horse battery";

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    /// <summary>Posts JSON.</summary>
    public static Task<HttpResponseMessage> PostAsync(this TestAppliance box, string path, object body, params (string Name, string Value)[] headers) =>
        box.SendAsync(HttpMethod.Post, path, body, headers);

    public static async Task<HttpResponseMessage> SendAsync(
        this TestAppliance box, HttpMethod method, string path, object? body, params (string Name, string Value)[] headers)
    {
        using var request = new HttpRequestMessage(method, path) { Content = body is null ? null : JsonContent.Create(body) };
        foreach ((string name, string value) in headers)
        {
            request.Headers.TryAddWithoutValidation(name, value);
        }

        // The client keeps no cookies: those of tests are told.
        return await box.Client.SendAsync(request, Token);
    }

    /// <summary>Sets the box up, and gives what the browser keeps: the cookie and the token against forgery.</summary>
    public static async Task<SignedIn> SetUpAsync(this TestAppliance box)
    {
        using HttpResponseMessage answer = await box.PostAsync("/v1/owner", new { code = box.Code, password = Password });
        return await SignedIn.OfAsync(answer);
    }

    public static async Task<SignedIn> SignInAsync(this TestAppliance box, string password = Password)
    {
        using HttpResponseMessage answer = await box.PostAsync("/v1/session", new { password });
        return await SignedIn.OfAsync(answer);
    }

    /// <summary>A session as a browser has it.</summary>
    internal sealed record SignedIn(string SetCookie, string Csrf)
    {
        public string Cookie => SetCookie.Split(';')[0];

        public (string, string)[] Headers => [("Cookie", Cookie), ("X-CSRF-Token", Csrf)];

        public static async Task<SignedIn> OfAsync(HttpResponseMessage answer)
        {
            string text = await answer.Content.ReadAsStringAsync(Token);
            Assert.True(answer.StatusCode == HttpStatusCode.OK, text);
            return new(answer.Headers.GetValues("Set-Cookie").Single(), JsonDocument.Parse(text).RootElement.GetProperty("csrf").GetString()!);
        }
    }
}
