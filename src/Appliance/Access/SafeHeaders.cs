namespace Appliance.Access;

/// <summary>What browsers are told of every answer: errors too may end up shown in one.</summary>
internal static class SafeHeaders
{
    /// <summary>Scripts, styles and pictures come from here only; blobs are how a player hands media to the browser, and an empty track of subtitles in the address itself (data:) is how it begins one.</summary>
    private const string ContentSecurityPolicy =
        "default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self'; media-src 'self' blob: data:; worker-src 'self' blob:; "
        + "img-src 'self' data: blob:; manifest-src 'self'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'";

    /// <summary>A player needs sound, the whole screen, and a screen that stays on.</summary>
    private const string Permissions =
        "autoplay=(self), fullscreen=(self), picture-in-picture=(self), screen-wake-lock=(self), camera=(), microphone=(), geolocation=(), display-capture=(), "
        + "payment=(), usb=(), serial=(), hid=(), bluetooth=(), midi=(), publickey-credentials-get=(), accelerometer=(), gyroscope=(), magnetometer=()";

    public static void UseSafeHeaders(this WebApplication app) => app.Use((context, next) =>
    {
        IHeaderDictionary headers = context.Response.Headers;
        headers.ContentSecurityPolicy = ContentSecurityPolicy;
        headers.XContentTypeOptions = "nosniff";
        headers.XFrameOptions = "DENY";
        headers["Referrer-Policy"] = "no-referrer";
        headers["Permissions-Policy"] = Permissions;
        headers["Cross-Origin-Opener-Policy"] = "same-origin";
        headers["Cross-Origin-Resource-Policy"] = "same-origin";
        return next(context);
    });
}
