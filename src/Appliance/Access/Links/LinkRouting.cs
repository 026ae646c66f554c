namespace Appliance.Access.Links;

/// <summary>Leads playback addresses to where the same is without them; not to the source's description, which names it. What is served knows nothing of it: bytes, tags and cache are the same.</summary>
internal static class LinkRouting
{
    /// <summary>Before routing, which goes by the path.</summary>
    public static void UseLinks(this WebApplication app)
    {
        LinkSecret secret = app.Services.GetRequiredService<LinkSecret>();
        app.Use((context, next) =>
        {
            if (context.Request.Path.Value is { } path && path.StartsWith(PlayLink.Prefix, StringComparison.Ordinal))
            {
                ReadOnlySpan<char> rest = path.AsSpan(PlayLink.Prefix.Length);
                int end = rest.IndexOf('/');
                PlayLink? link = end < 0 ? null : PlayLink.Parse(rest[..end], secret);
                context.Features.Set(new LinkedRequest(link, end < 0 ? path : path[..(PlayLink.Prefix.Length + end)]));
                if (link is not null && rest.Length > end + 1)
                {
                    context.Request.Path = $"/v1/sources/{link.Source}{rest[end..]}";
                }
            }

            return next(context);
        });
        app.UseRouting();
    }
}
