using System.Security.Cryptography;

namespace Appliance.Playback;

/// <summary>A small answer made in one piece: a playlist or a JSON document. Asked for again each time, sent again only
/// when it has changed.</summary>
internal sealed class Document : IResult
{
    private readonly string _contentType;
    private readonly byte[] _content;
    private readonly string _etag;

    private Document(string contentType, byte[] content)
    {
        _contentType = contentType;
        _content = content;

        // Weak, because the same document also leaves compressed.
        _etag = $"W/\"{Convert.ToHexStringLower(SHA256.HashData(content))[..32]}\"";
    }

    public static Document Json(byte[] content) => new("application/json; charset=utf-8", content);

    public static Document Playlist(string content) =>
        new("application/vnd.apple.mpegurl", System.Text.Encoding.UTF8.GetBytes(content));

    public static Document Manifest(string content) =>
        new("application/dash+xml", System.Text.Encoding.UTF8.GetBytes(content));

    public async Task ExecuteAsync(HttpContext context)
    {
        HttpResponse response = context.Response;
        response.Headers.ETag = _etag;
        response.Headers.CacheControl = "no-cache";
        if (!EntityTags.NoneMatches(context.Request, _etag))
        {
            response.StatusCode = StatusCodes.Status304NotModified;
            return;
        }

        response.ContentType = _contentType;
        response.ContentLength = _content.Length;
        if (!HttpMethods.IsHead(context.Request.Method))
        {
            await response.Body.WriteAsync(_content, context.RequestAborted);
        }
    }
}
