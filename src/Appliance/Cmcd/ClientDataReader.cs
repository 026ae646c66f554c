using Microsoft.Extensions.Primitives;

namespace Appliance.Cmcd;

/// <summary>Finds a request's client data: in the four CMCD headers, or in the query argument <c>CMCD</c> (CTA-5004, 2.1 and 2.2). A field
/// that cannot be read is as good as none, and so is a value outside its range: it is advice, never an error.</summary>
internal static class ClientDataReader
{
    private const string QueryArgument = "CMCD";

    /// <summary>Nobody is known to hold more; beyond, the figure means something else.</summary>
    private const long LongestMilliseconds = 24 * 60 * 60 * 1000;

    private const long HighestKbps = 10_000_000;

    /// <summary>Of a session's name: the standard gives it 64 characters.</summary>
    private const int SessionCharacters = 64;

    /// <summary>Which keys a header carries is the player's choice; the standard's places are only the usual ones.</summary>
    private static readonly string[] Headers = ["CMCD-Request", "CMCD-Object", "CMCD-Status", "CMCD-Session"];

    public static ClientData Of(HttpRequest request)
    {
        Dictionary<string, object>? values = null;
        foreach (string header in Headers)
        {
            if (request.Headers.TryGetValue(header, out StringValues text))
            {
                Take(text.ToString(), ref values);
            }
        }

        if (values is null && request.QueryString.HasValue && request.Query.TryGetValue(QueryArgument, out StringValues argument))
        {
            Take(argument.ToString(), ref values);
        }

        return values is null ? ClientData.None : Of(values);
    }

    private static void Take(string field, ref Dictionary<string, object>? values)
    {
        if (StructuredDictionary.TryParse(field, out Dictionary<string, object>? found))
        {
            values ??= new(StringComparer.Ordinal);
            foreach ((string key, object value) in found)
            {
                values.TryAdd(key, value);
            }
        }
    }

    private static ClientData Of(Dictionary<string, object> values)
    {
        return new()
        {
            Buffer = Milliseconds("bl"),
            Deadline = Milliseconds("dl"),
            Startup = values.GetValueOrDefault("su") is true,
            Starved = values.GetValueOrDefault("bs") is true,
            NextObject = values.GetValueOrDefault("nor") is string next ? Uri.UnescapeDataString(next) : null,
            NextRange = values.GetValueOrDefault("nrr") as string,
            MeasuredThroughputKbps = Kbps("mtp"),
            RequestedThroughputKbps = Kbps("rtp"),
            TopBitrateKbps = Kbps("tb"),
            ObjectType = values.GetValueOrDefault("ot") as string,
            Session = values.GetValueOrDefault("sid") is string { Length: > 0 and <= SessionCharacters } session ? session : null,
        };

        TimeSpan? Milliseconds(string key) =>
            values.GetValueOrDefault(key) is long value and >= 0 and <= LongestMilliseconds ? TimeSpan.FromMilliseconds(value) : null;

        int? Kbps(string key) => values.GetValueOrDefault(key) is long value and > 0 and <= HighestKbps ? (int)value : null;
    }
}
