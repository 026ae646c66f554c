using System.Text.RegularExpressions;
using Appliance.Tests.Hosting;

namespace Appliance.Tests.Reference;

/// <summary>The streaming app that <c>docs/apps.md</c> goes through.</summary>
public sealed partial class AppTests(MadeFilm film, ITestOutputHelper output)
{
    private static readonly string Client = House.At("clients", "typescript");

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    /// <summary>From a key to a film that plays, receipts that are countersigned, and an order that is settled, as the box shows it.</summary>
    [Fact]
    public async Task Example_AgainstABox_OrdersCountersignsAndPlays()
    {
        Assert.SkipUnless(Directory.Exists(Path.Combine(Client, "node_modules")), "The npm packages of clients/typescript are not installed.");
        string script = Scripts.OfBrowser("app.mjs");
        using var scratch = new ScratchFolder();
        await Scripts.SucceedsAsync(output, "npm", "run", "--silent", "build", "--prefix", Client);
        await Scripts.SucceedsAsync(output, "node", script, "--program", House.Program, await film.BriefAsync(scratch.Path, seconds: 6));
    }

    [Fact]
    public async Task Reference_InABrowser_ShowsAllOfIt()
    {
        string script = Scripts.OfBrowser("reference.mjs");
        using var scratch = new ScratchFolder();
        await Scripts.SucceedsAsync(output, "node", script, "--program", House.Program, await film.BriefAsync(scratch.Path, seconds: 6));
    }

    /// <summary>What the text shows is what runs.</summary>
    [Fact]
    public async Task Text_ItsCode_IsTheExamples()
    {
        string example = await File.ReadAllTextAsync(Path.Combine(Client, "example", "app.ts"), Token);
        string[] shown = [.. Code().Matches(await File.ReadAllTextAsync(House.At("docs", "apps.md"), Token)).Select(match => match.Groups[1].Value)];

        Assert.True(shown.Length >= 6);
        Assert.All(shown, code => Assert.Contains(code, example, StringComparison.Ordinal));
    }

    [GeneratedRegex(@"^```ts\n(.*?)^```", RegexOptions.Multiline | RegexOptions.Singleline)]
    private static partial Regex Code();
}
