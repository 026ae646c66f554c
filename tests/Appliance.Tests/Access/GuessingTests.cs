using System.Net;
using Appliance.Access.Audit;
using Appliance.Access.Guessing;
using Appliance.Problems;
using Appliance.Tests.Hosting;
using Microsoft.AspNetCore.Http;

namespace Appliance.Tests.Access;

public sealed class GuessingTests
{
    private readonly VirtualTime time = new();
    private readonly FailedTries failures = new();

    [Fact]
    public void Address_AfterTenWrongTries_WaitsAMinuteForEach()
    {
        var brake = new GuessBrake(failures, time);
        for (int i = 0; i < 10; i++)
        {
            Assert.Null(Try(brake, "192.168.1.5"));
        }

        Assert.Equal(60, Try(brake, "192.168.1.5"));
        Assert.Null(Try(brake, "192.168.1.6"));
        time.Advance(TimeSpan.FromSeconds(59));
        Assert.Equal(1, Try(brake, "192.168.1.5"));
        time.Advance(TimeSpan.FromSeconds(1));
        Assert.Null(Try(brake, "192.168.1.5"));
        Assert.Equal(60, Try(brake, "192.168.1.5"));
    }

    [Fact]
    public void Address_RightTries_CostNothing()
    {
        var brake = new GuessBrake(failures, time);
        for (int i = 0; i < 1000; i++)
        {
            DefaultHttpContext context = From("203.0.113.5");
            brake.Begin(context);
            brake.Passed(context);
        }
    }

    [Fact]
    public void Ipv6_OfOneSubscriber_IsOneAddress()
    {
        var brake = new GuessBrake(failures, time);
        for (int i = 0; i < 10; i++)
        {
            Assert.Null(Try(brake, $"2001:db8:0:1::{i + 1:x}"));
        }

        Assert.Equal(60, Try(brake, "2001:db8:0:1:ffff:ffff:ffff:ffff"));
        Assert.Null(Try(brake, "2001:db8:0:2::1"));
    }

    [Fact]
    public void Ipv4_InIpv6sForm_IsTheSameAddress()
    {
        var brake = new GuessBrake(failures, time);
        for (int i = 0; i < 10; i++)
        {
            Assert.Null(Try(brake, i % 2 == 0 ? "203.0.113.5" : "::ffff:203.0.113.5"));
        }

        Assert.NotNull(Try(brake, "203.0.113.5"));
        Assert.Null(Try(brake, "::ffff:203.0.113.6"));
    }

    /// <summary>A guesser with many addresses is slowed too, and locks out nobody at home.</summary>
    [Fact]
    public void Strangers_Together_AreSlowed_AndHomeIsNot()
    {
        var brake = new GuessBrake(failures, time);
        for (int i = 0; i < 100; i++)
        {
            Assert.Null(Try(brake, $"203.0.{i}.5"));
        }

        Assert.Equal(10, Try(brake, "198.51.100.1"));
        Assert.Null(Try(brake, "192.168.1.5"));
        time.Advance(TimeSpan.FromSeconds(10));
        Assert.Null(Try(brake, "198.51.100.1"));
        Assert.Equal(10, Try(brake, "198.51.100.2"));
    }

    /// <summary>Addresses beyond those that are known share one bucket, until some of these have waited.</summary>
    [Fact]
    public void Addresses_BeyondTheTable_ShareOne()
    {
        var brake = new GuessBrake(failures, time);
        for (int i = 0; i < GuessBrake.AddressLimit; i++)
        {
            Assert.Null(Try(brake, $"10.0.{i / 256}.{i % 256}"));
        }

        for (int i = 0; i < 10; i++)
        {
            Assert.Null(Try(brake, $"10.1.0.{i}"));
        }

        Assert.NotNull(Try(brake, "10.1.0.99"));
        time.Advance(TimeSpan.FromMinutes(1));
        Assert.Null(Try(brake, "10.1.0.99"));
    }

    [Fact]
    public void Failures_OfManyAddresses_AreTheFirstFewAndOthers()
    {
        for (int i = 0; i < 20; i++)
        {
            failures.Note($"10.0.0.{i}", "key");
            failures.Note($"10.0.0.{i}", "key");
        }

        IReadOnlyList<(string Address, string What, int Count)> told = failures.Take();
        Assert.Equal(17, told.Count);
        Assert.Equal(("10.0.0.0", "key", 2), told[0]);
        Assert.Equal(("others", "key", 8), told[^1]);
        Assert.Empty(failures.Take());
    }

    [Fact]
    public async Task Passwords_Guessed_Are429WithoutALook_AndKeysGoOn()
    {
        await using TestAppliance box = await TestAppliance.StartAsync();
        await box.SetUpAsync();
        string key = box.Key("play");
        HttpStatusCode[] seen = new HttpStatusCode[12];
        for (int i = 0; i < seen.Length; i++)
        {
            using HttpResponseMessage answer = await box.PostAsync("/v1/session", new { password = i == 11 ? Owners.Password : $"guess {i} of many" });
            seen[i] = answer.StatusCode;
            Assert.Equal(i >= 10, answer.Headers.RetryAfter is not null);
            Assert.Equal("application/problem+json", answer.Content.Headers.ContentType?.MediaType);
        }

        Assert.Equal([.. Enumerable.Repeat(HttpStatusCode.Unauthorized, 10), HttpStatusCode.TooManyRequests, HttpStatusCode.TooManyRequests], seen);
        using HttpResponseMessage right = await box.PostAsync("/v1/session", new { password = Owners.Password }, (FarAddresses.Header, "192.168.7.7"));
        Assert.Equal(HttpStatusCode.OK, right.StatusCode);
        using HttpResponseMessage app = await box.SendAsync(HttpMethod.Get, "/v1/sources", ("Authorization", $"Bearer {key}"));
        Assert.Equal(HttpStatusCode.OK, app.StatusCode);
    }

    [Fact]
    public async Task Passwords_GuessedAllAtOnce_AreNoMoreThanTen()
    {
        await using TestAppliance box = await TestAppliance.StartAsync();
        await box.SetUpAsync();
        HttpResponseMessage[] answers = await Task.WhenAll(Enumerable.Range(0, 30).Select(i => box.PostAsync("/v1/session", new { password = $"guess {i} of many" })));

        Assert.Equal(10, answers.Count(answer => answer.StatusCode == HttpStatusCode.Unauthorized));
        Assert.Equal(20, answers.Count(answer => answer.StatusCode == HttpStatusCode.TooManyRequests));
    }

    [Fact]
    public async Task Keys_Guessed_Are429_AndThoseThatHoldPass()
    {
        await using TestAppliance box = await TestAppliance.StartAsync();
        string key = box.Key("play");
        HttpStatusCode[] seen = new HttpStatusCode[11];
        for (int i = 0; i < seen.Length; i++)
        {
            using HttpResponseMessage wrong = await box.SendAsync(HttpMethod.Get, "/v1/sources", ("Authorization", $"Bearer {key[..^2]}{i:00}"));
            seen[i] = wrong.StatusCode;
        }

        using HttpResponseMessage right = await box.SendAsync(HttpMethod.Get, "/v1/sources", ("Authorization", $"Bearer {key}"));
        Assert.Equal([.. Enumerable.Repeat(HttpStatusCode.Unauthorized, 10), HttpStatusCode.TooManyRequests], seen);
        Assert.Equal(HttpStatusCode.OK, right.StatusCode);
    }

    /// <returns>Seconds to wait; null where the try was let through.</returns>
    private static int? Try(GuessBrake brake, string address)
    {
        try
        {
            brake.Begin(From(address));
            return null;
        }
        catch (RequestRefusedException exception)
        {
            Assert.Equal(429, exception.Status);
            return exception.RetryAfterSeconds;
        }
    }

    private static DefaultHttpContext From(string address) => new() { Connection = { RemoteIpAddress = IPAddress.Parse(address) } };
}
