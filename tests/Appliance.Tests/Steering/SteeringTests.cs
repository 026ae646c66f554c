using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using System.Xml.Linq;
using Appliance.Access.Links;
using Appliance.Admission;
using Appliance.Steering;
using Appliance.Tests.Access;
using Appliance.Tests.Hosting;
using Microsoft.Extensions.DependencyInjection;

namespace Appliance.Tests.Steering;

/// <summary>Playback addresses with pathways: what is listed at them, and where viewers are led.</summary>
public sealed class SteeringTests
{
    private const string Cdn = "https://cdn.example/films/abc/";

    private static readonly string[] OneRung = ["240p"];

    private static readonly string[] TwoRungs = ["240p", "480p"];

    private static readonly (string, string) FarAway = (FarAddresses.Header, FarAddresses.Stranger);

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Master_ListsEachVariantOnEachPathway()
    {
        await using TestAppliance box = await TestAppliance.StartAsync();
        JsonElement link = await LinkAsync(box, new { pathways = new[] { new { id = "cdn", @base = Cdn } } });
        string[] lines = (await TextAsync(box, link.GetProperty("hls").GetString()!)).Split('\n');
        string plain = await box.GetTextAsync($"/v1/sources/{box.Library.All.Single().Id}/hls/master.m3u8");

        Assert.Equal("#EXT-X-CONTENT-STEERING:SERVER-URI=\"../steering.json\",PATHWAY-ID=\"box\"", lines[3]);
        string[] variants = [.. lines.Where(line => line.EndsWith("/index.m3u8", StringComparison.Ordinal) && !line.StartsWith('#'))];
        string[] own = [.. plain.Split('\n').Where(line => line.EndsWith("/index.m3u8", StringComparison.Ordinal) && !line.StartsWith('#'))];
        Assert.Equal([.. own, .. own.Select(uri => Cdn + uri)], variants);
        string[] told = [.. lines.Where(line => line.StartsWith("#EXT-X-STREAM-INF:", StringComparison.Ordinal))];
        Assert.Equal(own.Length, told.Count(line => line.Contains("AUDIO=\"audio\",PATHWAY-ID=\"box\",", StringComparison.Ordinal)));
        Assert.Equal(own.Length, told.Count(line => line.Contains("AUDIO=\"audio-cdn\",PATHWAY-ID=\"cdn\",", StringComparison.Ordinal)));

        // But for where and by what name, both say the same.
        Assert.Equal(told[..own.Length], told[own.Length..].Select(line => line.Replace("\"audio-cdn\"", "\"audio\"", StringComparison.Ordinal).Replace("\"cdn\"", "\"box\"", StringComparison.Ordinal)));
        Assert.Equal(own.Select(uri => $"STABLE-VARIANT-ID=\"{uri.Split('/')[0]}.audio\""), told[..own.Length].Select(line => line.Split(',').Single(part => part.StartsWith("STABLE", StringComparison.Ordinal))));
        string[] sounds = [.. lines.Where(line => line.StartsWith("#EXT-X-MEDIA:", StringComparison.Ordinal))];
        Assert.Equal(2, sounds.Length);
        Assert.Contains("GROUP-ID=\"audio-cdn\"", sounds[1], StringComparison.Ordinal);
        Assert.Contains($"URI=\"{Cdn}audio-", sounds[1], StringComparison.Ordinal);
        Assert.All(lines.Where(line => line.StartsWith("#EXT-X-I-FRAME", StringComparison.Ordinal) || line.StartsWith("#EXT-X-IMAGE", StringComparison.Ordinal)), line => Assert.Contains("PATHWAY-ID=\"box\"", line, StringComparison.Ordinal));

        // Whoever has no pathways sees nothing of them.
        Assert.DoesNotContain("PATHWAY", plain, StringComparison.Ordinal);
        Assert.DoesNotContain("STABLE", plain, StringComparison.Ordinal);
        JsonElement without = await LinkAsync(box, new { });
        Assert.Equal(plain, await TextAsync(box, without.GetProperty("hls").GetString()!));
    }

    [Fact]
    public async Task Manifest_NamesThePlacesAndWhoSays()
    {
        await using TestAppliance box = await TestAppliance.StartAsync();
        JsonElement link = await LinkAsync(box, new { pathways = new[] { new { id = "cdn", @base = Cdn }, new { id = "b", @base = "http://b.example:8080/" } } });
        string start = link.GetProperty("dash").GetString()!;
        XElement manifest = XDocument.Parse(await TextAsync(box, start)).Root!;
        XNamespace dash = manifest.Name.Namespace;
        XElement steering = manifest.Elements().First();

        Assert.Equal(dash + "ContentSteering", steering.Name);
        Assert.Equal(("box", "false"), (steering.Attribute("defaultServiceLocation")!.Value, steering.Attribute("queryBeforeStart")!.Value));
        Assert.Equal(box.BaseAddress.GetLeftPart(UriPartial.Authority) + start.Replace("dash/manifest.mpd", "steering.json", StringComparison.Ordinal), steering.Value);
        string own = steering.Value.Replace("steering.json", "hls/", StringComparison.Ordinal);
        foreach (XElement set in manifest.Descendants(dash + "AdaptationSet"))
        {
            string media = set.Element(dash + "SegmentTemplate")!.Attribute("media")!.Value;
            if (set.Attribute("contentType")!.Value == "image")
            {
                Assert.Empty(set.Elements(dash + "BaseURL"));
                Assert.StartsWith("../hls/$", media, StringComparison.Ordinal);
                continue;
            }

            Assert.Equal([("box", own), ("cdn", Cdn), ("b", "http://b.example:8080/")], set.Elements(dash + "BaseURL").Select(place => (place.Attribute("serviceLocation")!.Value, place.Value)));
            Assert.StartsWith("$RepresentationID$/", media, StringComparison.Ordinal);

            // ISO/IEC 23009-1: after what describes the set, before its template.
            Assert.Equal(set.Elements(dash + "BaseURL").Last(), set.Element(dash + "SegmentTemplate")!.ElementsBeforeSelf().Last());
        }
    }

    /// <summary>Only what all pathways have.</summary>
    [Fact]
    public async Task Renditions_AreThoseNamed()
    {
        await using TestAppliance box = await TestAppliance.StartAsync();
        JsonElement link = await LinkAsync(box, new { pathways = new[] { new { id = "cdn", @base = Cdn } }, renditions = OneRung });
        string[] variants = [.. (await TextAsync(box, link.GetProperty("hls").GetString()!)).Split('\n').Where(line => line.EndsWith("/index.m3u8", StringComparison.Ordinal) && !line.StartsWith('#'))];

        Assert.Equal(2, variants.Length);
        Assert.StartsWith("240p-", variants[0], StringComparison.Ordinal);
        Assert.Equal(Cdn + variants[0], variants[1]);
    }

    [Fact]
    public async Task Answer_IsTheBoxFirst_UntilItIsStrained_AndAgainWhenItIsCalm()
    {
        var time = new VirtualTime();
        await using TestAppliance box = await TestAppliance.StartAsync(time: time);
        JsonElement link = await LinkAsync(box, new { pathways = new[] { new { id = "cdn", @base = Cdn }, new { id = "b", @base = "http://b.example:8080/" } } });
        string address = link.GetProperty("hls").GetString()!.Replace("hls/master.m3u8", "steering.json", StringComparison.Ordinal);
        using HttpResponseMessage answer = await box.SendAsync(HttpMethod.Get, $"{address}?_HLS_pathway=box&_HLS_throughput=12000", FarAway);
        Assert.Equal(("no-store", "application/json"), (answer.Headers.CacheControl!.ToString(), answer.Content.Headers.ContentType!.MediaType));
        Assert.Equal(["*"], answer.Headers.GetValues("Access-Control-Allow-Origin"));
        Assert.Equal("""{"VERSION":1,"TTL":8,"PATHWAY-PRIORITY":["box","cdn","b"]}""", await answer.Content.ReadAsStringAsync(Token));

        Strain strain = box.Services.GetRequiredService<Strain>();
        strain.Note();
        time.Advance(TimeSpan.FromSeconds(8));
        strain.Note();
        Assert.Equal("""{"VERSION":1,"TTL":8,"PATHWAY-PRIORITY":["cdn","b","box"]}""", await TextAsync(box, address));

        // The household is never led away for others.
        Assert.Equal("""{"VERSION":1,"TTL":8,"PATHWAY-PRIORITY":["box","cdn","b"]}""", await box.GetTextAsync(address));
        time.Advance(TimeSpan.FromMinutes(2));
        Assert.Equal("""{"VERSION":1,"TTL":8,"PATHWAY-PRIORITY":["box","cdn","b"]}""", await TextAsync(box, address));

        box.Services.GetRequiredService<Departure>().Begin();
        Assert.Equal("""{"VERSION":1,"TTL":8,"PATHWAY-PRIORITY":["cdn","b","box"]}""", await TextAsync(box, address));
        Assert.Equal("""{"VERSION":1,"TTL":8,"PATHWAY-PRIORITY":["cdn","b","box"]}""", await box.GetTextAsync(address));
    }

    /// <summary>Half of the viewers are half of the viewers.</summary>
    [Fact]
    public void Places_AreEvenAndLasting()
    {
        var link = new PlayLink("00000000000000000000", DateTimeOffset.UnixEpoch);
        double[] places = [.. Enumerable.Range(0, 1000).Select(n => SteeringRule.PlaceOf(link, new IPAddress([198, 51, (byte)(n / 250), (byte)(n % 250)])))];

        Assert.All(places, place => Assert.InRange(place, 0, 0.9999999999));
        Assert.InRange(places.Count(place => place < 0.5), 450, 550);
        Assert.InRange(places.Count(place => place < 0.25), 200, 300);
        Assert.Equal(places[7], SteeringRule.PlaceOf(link with { }, new IPAddress([198, 51, 0, 7])));
    }

    [Fact]
    public void Departure_WaitsForThoseWhoAskedLately_AndForNobodyElse()
    {
        var time = new VirtualTime();
        Assert.Equal(TimeSpan.Zero, new Departure(time).Begin());
        var departure = new Departure(time);
        departure.Note();
        time.Advance(TimeSpan.FromSeconds(3));
        Assert.Equal(TimeSpan.FromSeconds(6), departure.Begin());
        Assert.True(departure.IsLeaving);
        var left = new Departure(time);
        left.Note();
        time.Advance(TimeSpan.FromSeconds(60));
        Assert.Equal(TimeSpan.Zero, left.Begin());
    }

    [Fact]
    public async Task Answer_WithoutPathways_IsNotThere()
    {
        await using TestAppliance box = await TestAppliance.StartAsync();
        JsonElement link = await LinkAsync(box, new { });
        using HttpResponseMessage linked = await box.SendAsync(HttpMethod.Get, link.GetProperty("hls").GetString()!.Replace("hls/master.m3u8", "steering.json", StringComparison.Ordinal), FarAway);
        using HttpResponseMessage plain = await box.SendAsync(HttpMethod.Get, $"/v1/sources/{box.Library.All.Single().Id}/steering.json");

        Assert.Equal((HttpStatusCode.NotFound, HttpStatusCode.NotFound), (linked.StatusCode, plain.StatusCode));
    }

    /// <summary>What is signed is all of it: nobody puts another server in its place.</summary>
    [Fact]
    public async Task Address_Altered_IsRefused()
    {
        await using TestAppliance box = await TestAppliance.StartAsync();
        JsonElement link = await LinkAsync(box, new { pathways = new[] { new { id = "cdn", @base = Cdn } }, renditions = TwoRungs });
        string token = link.GetProperty("hls").GetString()!.Split('/')[2];
        const string Letters = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";
        for (int place = 0; place < token.Length; place++)
        {
            foreach (int bit in new[] { 1, 2, 4, 8, 16, 32 })
            {
                string altered = string.Concat(token.AsSpan(0, place), Letters.AsSpan(Letters.IndexOf(token[place], StringComparison.Ordinal) ^ bit, 1), token.AsSpan(place + 1));
                Assert.Null(PlayLink.Parse(altered, box.Services.GetRequiredService<LinkSecret>()));
            }
        }

        Assert.All(Enumerable.Range(0, token.Length), length => Assert.Null(PlayLink.Parse(new string(token.AsSpan(0, length)), box.Services.GetRequiredService<LinkSecret>())));
        Assert.Null(PlayLink.Parse(token + "A", box.Services.GetRequiredService<LinkSecret>()));
        Assert.Null(PlayLink.Parse(new string('A', 8000), box.Services.GetRequiredService<LinkSecret>()));
        PlayLink read = PlayLink.Parse(token, box.Services.GetRequiredService<LinkSecret>())!;
        Assert.Equal([new Pathway("cdn", Cdn)], read.Pathways);
        Assert.Equal(["240p", "480p"], read.Renditions!);
    }

    [Fact]
    public async Task Address_WithAllThatMayBeInIt_IsRead()
    {
        await using TestAppliance box = await TestAppliance.StartAsync();
        Pathway[] most = [.. Enumerable.Range(0, Pathway.Most).Select(n => new Pathway(new string((char)('a' + n), Pathway.LongestId), $"https://{n}.example/".PadRight(Pathway.LongestBase - 1, 'x') + "/"))];
        JsonElement link = await LinkAsync(box, new { pathways = most.Select(one => new { id = one.Id, @base = one.Base }) });

        Assert.Contains(most[3].Base!, await TextAsync(box, link.GetProperty("hls").GetString()!), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("""{"pathways":[]}""")]
    [InlineData("""{"pathways":[null]}""")]
    [InlineData("""{"pathways":[{"id":"cdn"}]}""")]
    [InlineData("""{"pathways":[{"id":"","base":"https://cdn.example/"}]}""")]
    [InlineData("""{"pathways":[{"id":"box","base":"https://cdn.example/"}]}""")]
    [InlineData("""{"pathways":[{"id":"a b","base":"https://cdn.example/"}]}""")]
    [InlineData("""{"pathways":[{"id":"aaaaaaaaaaaaaaaaa","base":"https://cdn.example/"}]}""")]
    [InlineData("""{"pathways":[{"id":"a","base":"https://cdn.example/film"}]}""")]
    [InlineData("""{"pathways":[{"id":"a","base":"https://cdn.example/?x=/"}]}""")]
    [InlineData("""{"pathways":[{"id":"a","base":"https://cdn.example/#/"}]}""")]
    [InlineData("""{"pathways":[{"id":"a","base":"https://me:pw@cdn.example/"}]}""")]
    [InlineData("""{"pathways":[{"id":"a","base":"ftp://cdn.example/"}]}""")]
    [InlineData("""{"pathways":[{"id":"a","base":"/films/"}]}""")]
    [InlineData("""{"pathways":[{"id":"a","base":"https://cdn.example/\"\n#EXT/"}]}""")]
    [InlineData("""{"pathways":[{"id":"a","base":"https://cdn.example/a&b/"}]}""")]
    [InlineData("""{"pathways":[{"id":"a","base":"https://cdn.example/"},{"id":"a","base":"https://b.example/"}]}""")]
    [InlineData("""{"renditions":["240p"]}""")]
    [InlineData("""{"pathways":[{"id":"a","base":"https://cdn.example/"}],"renditions":[]}""")]
    [InlineData("""{"pathways":[{"id":"a","base":"https://cdn.example/"}],"renditions":["4320p"]}""")]
    public async Task Nonsense_IsAProblem(string body)
    {
        await using TestAppliance box = await TestAppliance.StartAsync();
        using var request = new HttpRequestMessage(HttpMethod.Post, $"/v1/sources/{box.Library.All.Single().Id}/urls") { Content = new StringContent(body, System.Text.Encoding.UTF8, "application/json") };
        request.Headers.Authorization = new("Bearer", box.Key("links"));
        using HttpResponseMessage answer = await box.Client.SendAsync(request, Token);

        Assert.Equal((HttpStatusCode.BadRequest, "application/problem+json"), (answer.StatusCode, answer.Content.Headers.ContentType?.MediaType));
    }

    /// <summary>Half of the box's memory of somebody who asks is lost with it, and nothing else: the address holds after a restart.</summary>
    [Fact]
    public async Task Address_OverARestart_Holds()
    {
        using var folder = new ScratchFolder();
        string start;
        await using (TestAppliance box = await TestAppliance.StartAsync(folder: folder))
        {
            start = (await LinkAsync(box, new { pathways = new[] { new { id = "cdn", @base = Cdn } } })).GetProperty("hls").GetString()!;
        }

        await using TestAppliance again = await TestAppliance.StartAsync(folder: folder);
        Assert.Contains($"{Cdn}480p-", await TextAsync(again, start), StringComparison.Ordinal);
    }

    private static async Task<JsonElement> LinkAsync(TestAppliance box, object wish)
    {
        using HttpResponseMessage answer = await box.PostAsync($"/v1/sources/{box.Library.All.Single().Id}/urls", wish, ("Authorization", $"Bearer {box.Key("links")}"));
        Assert.True(answer.StatusCode == HttpStatusCode.OK, await answer.Content.ReadAsStringAsync(Token));
        return await answer.Content.ReadFromJsonAsync<JsonElement>(Token);
    }

    private static async Task<string> TextAsync(TestAppliance box, string path)
    {
        using HttpResponseMessage answer = await box.SendAsync(HttpMethod.Get, path, FarAway);
        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        return await answer.Content.ReadAsStringAsync(Token);
    }
}
