using System.ComponentModel;
using System.Diagnostics;
using System.Globalization;
using Transcode.Engine.Workers;
using Xunit;

namespace Transcode.Engine.Tests.Workers;

/// <summary>A library that the system's loader puts before libaom in a worker: its functions are libaom's own up to a picture, and go wrong from there on.</summary>
internal sealed class FaultyLibrary : IDisposable
{
    private const string Code =
        """
        #define _GNU_SOURCE
        #include <dlfcn.h>
        #include <signal.h>
        #include <stddef.h>
        typedef struct { int fmt, cp, tc, mc, monochrome, csp, range; unsigned w, h, bit_depth, d_w, d_h, r_w, r_h, x_chroma_shift, y_chroma_shift; unsigned char *planes[3]; int stride[3]; } image;
        static int decoded, given, opened;
        static void *own(const char *name) {
          static void *library;
          if (!library) library = dlopen("libaom.so.3", RTLD_LAZY | RTLD_NOLOAD);
          return dlsym(library, name);
        }
        int aom_codec_dec_init_ver(void *codec, void *interface, const void *config, long flags, int version) {
          int (*real)(void *, void *, const void *, long, int) = own("aom_codec_dec_init_ver");
          if (OPENS && ++opened > OPENS) raise(SIGNAL);
          return real(codec, interface, config, flags, version);
        }
        int aom_codec_decode(void *codec, const unsigned char *data, size_t size, void *user) {
          int (*real)(void *, const unsigned char *, size_t, void *) = own("aom_codec_decode");
          decoded += data != NULL;
          if (FAILS && data && decoded >= FAILS) return 1;
          if (ENDS && data && decoded >= ENDS) raise(SIGNAL);
          return real(codec, data, size, user);
        }
        void *aom_codec_get_frame(void *codec, void **iterator) {
          void *(*real)(void *, void **) = own("aom_codec_get_frame");
          image *frame = real(codec, iterator);
          if (WRONG && frame && ++given >= WRONG) frame->planes[0][0] ^= 1;
          return frame;
        }
        """;

    private readonly DirectoryInfo folder;

    private FaultyLibrary(DirectoryInfo folder) => this.folder = folder;

    /// <summary>Of workers that have it.</summary>
    public WorkerPoolOptions Options => Pools.Options with
    {
        WorkerPath = "/bin/sh",
        WorkerArguments = ["-c", $"LD_PRELOAD={folder.FullName}/faulty.so exec {Pools.WorkerPath} \"$@\"", "sh", "worker"],
    };

    /// <param name="failsFrom">The picture from which on it gives an error, counted over a worker's life; 0 for never.</param>
    /// <param name="wrongFrom">The picture from which on a sample is wrong; 0 for never.</param>
    /// <param name="endsAt">The picture at which it raises a signal; 0 for none.</param>
    /// <param name="signal">Which.</param>
    /// <param name="opensAtMost">How often it is opened for films before it raises that; 0 for any number.</param>
    public static async Task<FaultyLibrary> MakeAsync(int failsFrom = 0, int wrongFrom = 0, int endsAt = 0, string signal = "SIGKILL", int opensAtMost = 0)
    {
        DirectoryInfo folder = Directory.CreateTempSubdirectory("faulty-");
        string source = Path.Combine(folder.FullName, "faulty.c");
        await File.WriteAllTextAsync(source, Code.Replace("ENDS", endsAt.ToString(CultureInfo.InvariantCulture), StringComparison.Ordinal)
            .Replace("SIGNAL", signal, StringComparison.Ordinal)
            .Replace("OPENS", opensAtMost.ToString(CultureInfo.InvariantCulture), StringComparison.Ordinal)
            .Replace("FAILS", failsFrom.ToString(CultureInfo.InvariantCulture), StringComparison.Ordinal)
            .Replace("WRONG", wrongFrom.ToString(CultureInfo.InvariantCulture), StringComparison.Ordinal), TestContext.Current.CancellationToken);
        try
        {
            using Process compiler = Process.Start("cc", ["-shared", "-fPIC", "-w", "-o", Path.Combine(folder.FullName, "faulty.so"), source]);
            await compiler.WaitForExitAsync(TestContext.Current.CancellationToken);
            Assert.Equal(0, compiler.ExitCode);
        }
        catch (Win32Exception)
        {
            folder.Delete(recursive: true);
            Assert.Skip("There is no C compiler here.");
        }

        return new(folder);
    }

    public void Dispose() => folder.Delete(recursive: true);
}
