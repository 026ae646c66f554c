using System.Diagnostics;
using Transcode.Engine.Interop.OpenCl;
using Transcode.Engine.Tests.Tuning.Devices;
using Transcode.Engine.Tuning.Scaling;
using Transcode.Engine.Tuning.Stages;
using Xunit;

namespace Transcode.Engine.Tests.Tuning.Stages;

/// <summary>A device that goes while pictures are under way, as a driver tells it: a loader is put before the system's that after some commands
/// answers every further one as drivers do whose device is gone. A process of its own, because a loader is loaded once.</summary>
[Collection(OpenClCollection.Name)]
public sealed class LostDeviceTests
{
    private const string ToldSo = "TEST_OPENCL_IS_LOST_AFTER";

    /// <summary>Everything but the command is the system's: it is what this library needs, under another name.</summary>
    private const string Loader = """
        #define _GNU_SOURCE
        #include <dlfcn.h>
        #include <stdlib.h>
        #include <stddef.h>
        typedef int (*Enqueue)(void *, void *, unsigned, const size_t *, const size_t *, const size_t *, unsigned, void *const *, void **);
        int clEnqueueNDRangeKernel(void *queue, void *kernel, unsigned dimensions, const size_t *offset, const size_t *global,
            const size_t *local, unsigned count, void *const *waits, void **done)
        {
            static int left = -1;
            if (left < 0) left = atoi(getenv("TEST_OPENCL_IS_LOST_AFTER"));
            if (left == 0) return -2; /* CL_DEVICE_NOT_AVAILABLE */
            left--;
            Enqueue next = (Enqueue)dlsym(RTLD_NEXT, "clEnqueueNDRangeKernel");
            return next(queue, kernel, dimensions, offset, global, local, count, waits, done);
        }
        """;

    [Fact]
    public async Task Device_LostMidStream_CostsNoPicture()
    {
        if (Environment.GetEnvironmentVariable(ToldSo) is not null)
        {
            LosesIt();
            return;
        }

        TestDevice.Any();
        string? real = File.ReadLines("/proc/self/maps").Select(line => line.Split(' ')[^1]).FirstOrDefault(path => path.Contains("/libOpenCL.so", StringComparison.Ordinal));
        Assert.NotNull(real);
        DirectoryInfo folder = Directory.CreateTempSubdirectory("lost-device-");
        try
        {
            string At(string name) => Path.Combine(folder.FullName, name);
            await File.WriteAllTextAsync(At("loader.c"), Loader, TestContext.Current.CancellationToken);
            await File.WriteAllTextAsync(At("nothing.c"), "", TestContext.Current.CancellationToken);
            await RunAsync("gcc", $"-shared -fPIC -o {At("librealcl.so")} -Wl,-soname,librealcl.so {At("nothing.c")}");
            await RunAsync("gcc", $"-shared -fPIC -o {At(OpenCl.Library)} {At("loader.c")} -Wl,--no-as-needed {At("librealcl.so")} -ldl");
            File.Delete(At("librealcl.so"));
            File.CreateSymbolicLink(At("librealcl.so"), real);

            // The first picture, one in the middle of its work, and one when others are under way.
            foreach (int commands in new[] { 0, 4, 40 })
            {
                await RunAsync(
                    Environment.ProcessPath!,
                    $"-noLogo -noColor -method {typeof(LostDeviceTests).FullName}.{nameof(Device_LostMidStream_CostsNoPicture)}",
                    ("LD_LIBRARY_PATH", folder.FullName),
                    (ToldSo, commands.ToString(System.Globalization.CultureInfo.InvariantCulture)));
            }
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    private static void LosesIt()
    {
        RungsOrder order = RungsTests.Order("yuv420p");
        var failures = new List<Exception>();
        using var stage = new SteadyStage(
            DeviceStage.DefaultDepth,
            () => DeviceStage.Rungs(TestDevice.Context(), order),
            () => new VectorRungs(order, PlaneScaler.Widest),
            failures.Add);

        Assert.Equal(RungsTests.Expected(order), RungsTests.Run(stage, order));
        Assert.True(stage.IsOnProcessor);
        Assert.Equal("clEnqueueNDRangeKernel: CL_DEVICE_NOT_AVAILABLE (-2)", Assert.Single(failures).Message);
    }

    private static async Task RunAsync(string program, string arguments, params (string Name, string Value)[] environment)
    {
        Assert.SkipUnless(program.StartsWith('/') || Environment.GetEnvironmentVariable("PATH")!.Split(':').Any(folder => File.Exists(Path.Combine(folder, program))), $"{program} is not installed.");
        CancellationToken cancelled = TestContext.Current.CancellationToken;
        var start = new ProcessStartInfo(program, arguments.Split(' ')) { RedirectStandardOutput = true, RedirectStandardError = true };
        foreach ((string name, string value) in environment)
        {
            start.Environment[name] = value;
        }

        using Process process = Process.Start(start)!;
        using CancellationTokenRegistration killed = cancelled.Register(process.Kill);
        Task<string> errors = process.StandardError.ReadToEndAsync(cancelled);
        string output = await process.StandardOutput.ReadToEndAsync(cancelled) + await errors;
        await process.WaitForExitAsync(cancelled);
        Assert.True(process.ExitCode == 0, $"{program} {arguments}: {output}");
    }
}
