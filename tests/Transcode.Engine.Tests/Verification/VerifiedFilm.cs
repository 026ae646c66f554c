using Transcode.Engine.Tests.Media;

namespace Transcode.Engine.Tests.Verification;

/// <summary>A film that moves all over, has colours, and is made anew with something done to it.</summary>
internal static class VerifiedFilm
{
    private const string Pictures = "-f lavfi -i mandelbrot=s=320x180:r=12:start_scale=1.5:end_scale=0.02:inner=mincol";

    private static readonly Lazy<Task<byte[]>> Plain = new(() => MakeAsync("null"));

    /// <summary>With nothing done to it.</summary>
    public static Task<byte[]> MakeAsync() => Plain.Value;

    /// <param name="filter">Of libavfilter, between the pictures and the encoder.</param>
    public static Task<byte[]> MakeAsync(string filter) => FFmpeg.MakeAsync(
        $"{Pictures} -t 6 -vf hue=s=1.4,{filter},format=yuv420p -c:v libx264 -preset ultrafast -qp 8 -g 24", "mp4");
}
