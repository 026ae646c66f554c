using System.Diagnostics.CodeAnalysis;
using Microsoft.Net.Http.Headers;

namespace Appliance.Playback;

/// <summary>The part of an artifact that a Range header asks for (RFC 9110, 14).</summary>
/// <param name="Offset">First byte.</param>
/// <param name="Count">At least 1.</param>
internal readonly record struct ByteRange(long Offset, long Count)
{
    /// <summary>Finds the one range that is wanted. A header that is not understood, or wants several, is as good as none:
    /// the whole is always a right answer. A weak tag never says that two parts are of one whole (RFC 9110, 13.1.5).</summary>
    public static bool TryReadHeader(HttpRequest request, string etag, [NotNullWhen(true)] out RangeItemHeaderValue? item)
    {
        item = null;
        string? ifRange = request.Headers.IfRange;
        if (!HttpMethods.IsGet(request.Method)
            || (ifRange is not null && (ifRange != etag || etag.StartsWith("W/", StringComparison.Ordinal)))
            || !RangeHeaderValue.TryParse(request.Headers.Range.ToString(), out RangeHeaderValue? header)
            || header.Unit != "bytes"
            || header.Ranges.Count != 1)
        {
            return false;
        }

        item = header.Ranges.Single();
        return true;
    }

    /// <returns>Null where the range lies outside: 416.</returns>
    public static ByteRange? Of(RangeItemHeaderValue item, long length)
    {
        if (item.From is not { } from)
        {
            long suffix = Math.Min(item.To ?? 0, length);
            return suffix > 0 ? new(length - suffix, suffix) : null;
        }

        return from < length ? new(from, Math.Min(item.To ?? long.MaxValue, length - 1) - from + 1) : null;
    }
}
