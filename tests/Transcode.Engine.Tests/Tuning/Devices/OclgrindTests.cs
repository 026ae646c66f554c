using System.Diagnostics;
using Xunit;

namespace Transcode.Engine.Tests.Tuning.Devices;

/// <summary>The kernels' tests once more, on a device that watches every instruction: reads and writes beyond buffers, races, values
/// that nobody set. <c>KERNEL_SIZES=all</c> in the environment makes it the long form, which takes its time.</summary>
public sealed class OclgrindTests
{
    private const string Driver = "/usr/lib/oclgrind/liboclgrind-rt-icd.so";

    /// <summary>Its watch for values that nobody set (21.10) falls over the layouts' vectors, whatever is in them, and over an instruction of
    /// its compiler's, freeze, that others come to.</summary>
    [Theory]
    [InlineData("CopyKernelTests", true)]
    [InlineData("ScaleKernelTests", true)]
    [InlineData("LayoutKernelTests", false)]
    [InlineData("SampleKernelTests", false)]
    [InlineData("ToneMapKernelTests", false)]
    [InlineData("AnalysisKernelTests", false)]
    [InlineData("LikenessKernelTests", false)]
    public async Task Kernels_WatchedByOclgrind_HaveNoFinding(string tests, bool forUnsetValues)
    {
        Assert.SkipWhen(TestDevice.IsWatched, "This is what it watches.");
        Assert.SkipUnless(File.Exists(Driver), "oclgrind is not installed.");
        CancellationToken cancelled = TestContext.Current.CancellationToken;
        DirectoryInfo folder = Directory.CreateTempSubdirectory("oclgrind-");
        try
        {
            string log = Path.Combine(folder.FullName, "findings");
            var start = new ProcessStartInfo(Environment.ProcessPath!, ["-noLogo", "-noColor", "-parallel", "none", "-class", $"*.{tests}"])
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
            Assert.DoesNotContain("Total: 0", output, StringComparison.Ordinal);
            Assert.DoesNotMatch("Skipped: [1-9]", output);
            Assert.Equal("", findings);
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }
}
