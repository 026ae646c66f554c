using Appliance.Access;
using Appliance.Access.Keys;
using Appliance.Access.Links;
using Appliance.Cmcd;
using Appliance.Playback;
using Appliance.Sources.Remote;
using Appliance.Storage;
using Appliance.Uploads;
using Microsoft.AspNetCore.Http;
using Microsoft.Net.Http.Headers;

namespace Appliance.Fuzz.Targets;

/// <summary>Parts of requests that we read ourselves.</summary>
internal static class RequestTargets
{
    private const long LongestInteger = 999_999_999_999_999;

    private static readonly byte[][] DataWords = Bytes.Of(
        "bl=", "dl=", "su", "bs", "nor=\"", "nrr=", "mtp=", "rtp=", "tb=", "ot=v", "sid=\"", ",", ";", "=", "?0", "?1", ":YQ==:", "(", ")", "(1 2)", "1.5", "-999999999999999", "\\\"", "*a");

    private static readonly string[] DataFields =
    [
        "bl=21300,br=3200,bs,cid=\"faec5fc2-ac30-11ea-bb37-0242ac130002\",d=4004,dl=18500,mtp=48100,nor=\"..%2F300kbps%2Ftrack.m4v\",nrr=\"12323-48763\",ot=v,pr=1.08,rtp=12000,sf=d,sid=\"6e2fb550-c457-11e9-bb97-0800200c9a66\",st=v,su,tb=6000",
        "bl=0,su", "dl=100;a=1;b=\"x\", nor=(\"1.m4s\" \"2.m4s\");q, sid=\"a\"", "a=:YWJj:, b=?0, c=*tok/en, d=-12.125",
    ];

    public static IEnumerable<FuzzTarget> Of(FuzzScene scene)
    {
        yield return new("range", Bytes.Of("bytes=0-", "bytes=0-499", "bytes=-500", "bytes=9500-", "bytes=0-0,-1", "bytes=500-700,601-999"), ReadRange)
        {
            Words = Bytes.Of("bytes=", "bytes", "=", "-", ",", "0-0", "9223372036854775807"),
        };
        yield return new("client-data", Bytes.Of(DataFields), ReadClientData) { Words = DataWords };
        yield return new("structured-field", Bytes.Of(DataFields), ReadStructured) { Words = DataWords };
        yield return new(
            "upload-metadata",
            Bytes.Of("filename d29ybGRfZG9taW5hdGlvbl9wbGFuLnBkZg==,is_confidential", "name YQ==,filetype dmlkZW8vbXA0", "filename Li4vLi4vZXRjL3Bhc3N3ZA==", "filename 8J2Eng=="),
            ReadMetadata)
        {
            Words = Bytes.Of("filename ", "name ", ",", " ", "=", "Lw==", "////", "AAAA", "8J2E"),
        };
        yield return new("upload-checksum", Bytes.Of("sha1 Kq5sNclPz7QV2+lfQIuc6R7oRu0=", $"sha256 {Convert.ToBase64String(new byte[32])}"), ReadChecksum) { Words = Bytes.Of("sha1", "sha256 ", "md5 ", "=") };
        yield return new(
            "origin-url",
            Bytes.Of("https://films.example/a/film.mkv?key=1", "http://[2001:db8::1]:81/x", "http://2130706433/", "https://münchen.example/%2e%2e/x#f", "http://0x7f.1/", "/b?c", "//other.example/d"),
            ReadUrl)
        {
            Words = Bytes.Of("http://", "https://", "file:///", "@", "[::1]", "127.0.0.1", ":65536", "xn--", "%", "#", "?", "//", "/../", "user:pass@"),
        };

        var secret = new LinkSecret(new AccessFolder(new DataFolder(Path.Combine(scene.Folder, "links"))));
        string[] tokens = [.. new[] { 0L, 1_700_000_000, 4_000_000_000 }.Select(end => new PlayLink("0123456789abcdef0123", DateTimeOffset.FromUnixTimeSeconds(end)).Token(secret))];
        yield return new("link", Bytes.Of(tokens), bytes =>
        {
            string text = Bytes.Latin1(bytes);
            FindingException.Unless(PlayLink.Parse(text, secret) is null || tokens.Contains(text), "A token that was not signed was taken.");
            return tokens.Contains(text) ? "signed" : null;
        }) { Words = Bytes.Of("A", "-", "_", "=", " ", "AAAA") };
        yield return new("key", Bytes.Of(KeyText.Make().Text, KeyText.Make().Text, "ak_0123456789abcdef_"), bytes => KeyText.IdOf(Bytes.Latin1(bytes)) is { } id ? $"id of {id.Length}" : null)
        {
            Words = Bytes.Of("ak_", "_", KeyText.EarlierId),
        };
    }

    private static string? ReadRange(byte[] bytes)
    {
        HttpRequest request = new DefaultHttpContext().Request;
        request.Method = HttpMethods.Get;
        request.Headers.Range = Bytes.Latin1(bytes);
        if (!ByteRange.TryReadHeader(request, "\"tag\"", out RangeItemHeaderValue? item))
        {
            return null;
        }

        string kinds = "";
        foreach (long length in new[] { 0, 1, 1000, 1L << 40, long.MaxValue })
        {
            ByteRange? range = ByteRange.Of(item, length);
            FindingException.Unless(range is not { } part || (part.Offset >= 0 && part.Count > 0 && part.Offset <= length - part.Count), $"{range} is outside of {length} bytes.");
            kinds += range is null ? "-" : "+";
        }

        return kinds;
    }

    private static string? ReadClientData(byte[] bytes)
    {
        HttpRequest request = new DefaultHttpContext().Request;
        string text = Bytes.Latin1(bytes);
        if (bytes.Length % 2 == 0)
        {
            request.Headers["CMCD-Request"] = text;
        }
        else
        {
            request.QueryString = QueryString.Create("CMCD", text);
        }

        ClientData data = ClientDataReader.Of(request);
        if (data == ClientData.None)
        {
            return null;
        }

        FindingException.Unless(
            data.Buffer is not { Ticks: < 0 } && data.Deadline is not { Ticks: < 0 } && data.TopBitrateKbps is not < 1 && data.Session is not { Length: > 64 } && ReadAheadPlan.Depth(data) is >= 0 and <= 64,
            "A figure is outside of its range.");
        return $"{data.PriorityAfter(TimeSpan.Zero)} {data.StallsAfter is null} {ReadAheadPlan.Depth(data)}";
    }

    private static string? ReadStructured(byte[] bytes)
    {
        if (!StructuredDictionary.TryParse(Bytes.Latin1(bytes), out Dictionary<string, object>? values))
        {
            return null;
        }

        FindingException.Unless(
            values.Count <= 64 && values.All(pair => pair.Key.Length > 0 && (pair.Value is not long number || number is >= -LongestInteger and <= LongestInteger)),
            "A member is outside of its range.");
        return string.Join(' ', values.Values.Select(value => value.GetType().Name).Distinct().Order());
    }

    private static string? ReadMetadata(byte[] bytes)
    {
        if (!UploadMetadata.TryReadTitle(Bytes.Latin1(bytes), out string title))
        {
            return null;
        }

        FindingException.Unless(title.Length is >= 1 and <= 200 && title.IndexOfAny(['/', '\\', '\0', '\n']) < 0 && Bytes.IsWellFormed(title), $"The title is '{title}'.");
        return title == "Upload" ? "nameless" : "named";
    }

    private static string? ReadChecksum(byte[] bytes) =>
        UploadChecksum.TryParse(Bytes.Latin1(bytes), out UploadChecksum? checksum) ? $"{checksum.Algorithm.Name} {checksum.Value.Length}" : null;

    private static string? ReadUrl(byte[] bytes)
    {
        string text = Bytes.Utf8(bytes);
        var home = OriginUrl.TryParse("https://films.example/a/b.mkv", out OriginUrl? found, out _) ? found : throw new InvalidOperationException();
        bool leads = Uri.TryCreate(text, UriKind.RelativeOrAbsolute, out Uri? location) && Leads(home, location);
        if (!OriginUrl.TryParse(text, out OriginUrl? url, out string? why))
        {
            FindingException.Unless(why.EndsWith('.'), "It is not said what is wrong.");
            return leads ? "redirect" : null;
        }

        FindingException.Unless(
            url.Uri.Scheme is "http" or "https" && url.Uri.UserInfo.Length == 0 && OriginUrl.TryParse(url.Text, out OriginUrl? again, out _) && again.Text == url.Text && url.Title.Length > 0,
            $"{url.Text} is another when it is read again.");
        return url.Uri.HostNameType.ToString();
    }

    private static bool Leads(OriginUrl home, Uri location)
    {
        try
        {
            return home.Follow(location).Uri.Scheme == "https" ? true : throw new FindingException("It leads from https to http.");
        }
        catch (OriginException)
        {
            return false;
        }
    }
}
