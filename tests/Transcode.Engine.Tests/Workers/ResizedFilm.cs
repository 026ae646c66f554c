using System.ComponentModel;
using System.Diagnostics;
using System.Globalization;
using Xunit;

namespace Transcode.Engine.Tests.Workers;

/// <summary>A film in VP9 whose pictures get smaller in its midst without a key picture, as encoders of calls make them where the line gets worse. ffmpeg asks libvpx for none, so a library that the
/// system's loader puts before libvpx does.</summary>
internal static class ResizedFilm
{
    public const int Width = 192;

    public const int Height = 108;

    public const int SmallerWidth = 144;

    public const int SmallerHeight = 80;

    private const string Code =
        """
        #define _GNU_SOURCE
        #include <dlfcn.h>
        #include <string.h>
        static unsigned config[512]; /* usage, threads, profile, width, height, and more */
        static int pictures;
        int vpx_codec_enc_init_ver(void *codec, void *iface, const void *wanted, long flags, int version) {
          int (*real)(void *, void *, const void *, long, int) = dlsym(RTLD_NEXT, "vpx_codec_enc_init_ver");
          memcpy(config, wanted, sizeof config);
          return real(codec, iface, wanted, flags, version);
        }
        int vpx_codec_encode(void *codec, void *image, long time, unsigned long duration, long flags, unsigned long deadline) {
          int (*real)(void *, void *, long, unsigned long, long, unsigned long) = dlsym(RTLD_NEXT, "vpx_codec_encode");
          int (*change)(void *, const void *) = dlsym(RTLD_NEXT, "vpx_codec_enc_config_set");
          if (image && ++pictures > AT) {
            unsigned *shape = image; /* format, space, range, width, height, depth, and the two that are shown */
            shape[6] = config[3] = WIDTH;
            shape[7] = config[4] = HEIGHT;
            if (pictures == AT + 1 && change(codec, config)) return 1;
          }
          return real(codec, image, time, duration, flags, deadline);
        }
        """;

    /// <param name="at">Pictures of the first size.</param>
    /// <returns>Five seconds of WebM at 25 pictures a second, whose first picture alone is a key picture.</returns>
    public static async Task<byte[]> MakeAsync(int at)
    {
        DirectoryInfo folder = Directory.CreateTempSubdirectory("resized-");
        try
        {
            string source = Path.Combine(folder.FullName, "resize.c"), library = Path.Combine(folder.FullName, "resize.so"), film = Path.Combine(folder.FullName, "film.webm");
            await File.WriteAllTextAsync(source, Code.Replace("AT", at.ToString(CultureInfo.InvariantCulture), StringComparison.Ordinal)
                .Replace("WIDTH", SmallerWidth.ToString(CultureInfo.InvariantCulture), StringComparison.Ordinal)
                .Replace("HEIGHT", SmallerHeight.ToString(CultureInfo.InvariantCulture), StringComparison.Ordinal), TestContext.Current.CancellationToken);
            await RunAsync(new("cc", ["-shared", "-fPIC", "-w", "-o", library, source]));
            string size = string.Create(CultureInfo.InvariantCulture, $"testsrc2=s={Width}x{Height}:r=25:d=5");
            await RunAsync(new("ffmpeg", ["-v", "error", "-nostdin", "-f", "lavfi", "-i", size, "-c:v", "libvpx-vp9", "-deadline", "realtime", "-cpu-used", "8", "-lag-in-frames", "0", "-g", "999", "-b:v", "300k", "-pix_fmt", "yuv420p", film])
            {
                Environment = { ["LD_PRELOAD"] = library },
            });
            return await File.ReadAllBytesAsync(film, TestContext.Current.CancellationToken);
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    private static async Task RunAsync(ProcessStartInfo start)
    {
        try
        {
            using Process process = Process.Start(start)!;
            await process.WaitForExitAsync(TestContext.Current.CancellationToken);
            Assert.Equal(0, process.ExitCode);
        }
        catch (Win32Exception)
        {
            Assert.Skip($"There is no {start.FileName} here.");
        }
    }
}
