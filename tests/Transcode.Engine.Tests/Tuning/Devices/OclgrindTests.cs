using System.Diagnostics;
using Xunit;

namespace Transcode.Engine.Tests.Tuning.Devices;

/// <summary>The kernels' tests once more, on a device that watches every instruction: reads and writes beyond buffers, races, values
/// that nobody set. <c>KERNEL_SIZES=all</c> in the environment makes it the long form, which takes its time.</summary>
public sealed class OclgrindTests
{
    private const string Driver = "/usr/lib/oclgrind/liboclgrind-rt-icd.so";

    /// <summary>Its watch for values that nobody set (21.10) falls over the layouts' vectors, whatever is in them, and over an instruction of
    /// its compiler's, freeze, that others come to. Those that are watched alike are so by one process, which takes long enough to begin.</summary>
    [Theory]
    [InlineData(true, "CopyKernelTests", "ScaleKernelTests")]
    [InlineData(false, "LayoutKernelTests", "SampleKernelTests", "ToneMapKernelTests", "AnalysisKernelTests", "LikenessKernelTests")]
    public async Task Kernels_WatchedByOclgrind_HaveNoFinding(bool forUnsetValues, params string[] tests)
    {
        Assert.SkipWhen(TestDevice.IsWatched, "This is what it watches.");
        Assert.SkipUnless(File.Exists(Driver), "oclgrind is not installed.");
        CancellationToken cancelled = TestContext.Current.CancellationToken;
        DirectoryInfo folder = Directory.CreateTempSubdirectory("oclgrind-");
        try
        {
            string log = Path.Combine(folder.FullName, "findings");
            var start = new ProcessStartInfo(Environment.ProcessPath!, ["-noLogo", "-noColor", "-parallel", "none", "-reporter", "verbose", .. tests.SelectMany(name => new[] { "-class", $"*.{name}" })])
            {
                RedirectStandardOutput = true,
                RedirectStandardError = true,
            };
            start.Environment["OCL_ICD_VENDORS"] = Driver;
            start.Environment["OCLGRIND_LOG"] = log;
            start.Environment["OCLGRIND_GLOBAL_MEM_SIZE"] = (512 << 20).ToString(System.Globalization.CultureInfo.InvariantCulture);
            start.Environment["OCLGRIND_CHECK_API"] = "1";
            start.Environment["OCLGRIND_DATA_RACES"] = "1";
            start.Environment["OCLGRIND_UNINITIALIZED"] = forUnsetValues ? "1" : "0";
            using Process watched = Process.Start(start)!;
            using CancellationTokenRegistration killed = cancelled.Register(watched.Kill);
            Task<string> errors = watched.StandardError.ReadToEndAsync(cancelled);
            string output = await watched.StandardOutput.ReadToEndAsync(cancelled) + await errors;
            await watched.WaitForExitAsync(cancelled);
            string findings = File.Exists(log) ? await File.ReadAllTextAsync(log, cancelled) : "";

            Assert.True(watched.ExitCode == 0, output);
            Assert.All(tests, name => Assert.Matches($@"\.{name}\..*\[FINISHED\]", output));
            Assert.DoesNotMatch("Skipped: [1-9]", output);
            Assert.Equal("", findings);
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }
}
