using Microsoft.Net.Http.Headers;

namespace Appliance.Playback;

/// <summary>Whether the client has it already (RFC 9110, 13.1.2).</summary>
internal static class EntityTags
{
    public static bool NoneMatches(HttpRequest request, string etag)
    {
        if (request.Headers.IfNoneMatch.Count == 0
            || !EntityTagHeaderValue.TryParseList(request.Headers.IfNoneMatch, out IList<EntityTagHeaderValue>? given))
        {
            return true;
        }

        EntityTagHeaderValue ours = EntityTagHeaderValue.Parse(etag);
        return !given.Any(tag => tag.Tag == "*" || tag.Compare(ours, useStrongComparison: false));
    }
}
