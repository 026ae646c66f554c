using System.Diagnostics;
using Xunit;

namespace Repository.Tests;

public sealed class LayoutTests
{
    /// <summary>The checked-in table of this system's libav, compiled again from its headers.</summary>
    [Fact]
    public async Task Layouts_OfThisSystemsHeaders_AreAsCheckedIn()
    {
        CancellationToken cancelled = TestContext.Current.CancellationToken;
        using Process generate = Process.Start(new ProcessStartInfo(
            CommittedFiles.At("src/Transcode.Engine/Interop/LibAv/Layouts/generate"), ["--check"])
        { RedirectStandardOutput = true, RedirectStandardError = true })!;
        Task<string> errors = generate.StandardError.ReadToEndAsync(cancelled);
        string output = await generate.StandardOutput.ReadToEndAsync(cancelled) + await errors;
        await generate.WaitForExitAsync(cancelled);

        Assert.SkipWhen(generate.ExitCode == 2, output.Trim());
        Assert.True(generate.ExitCode == 0, output);
    }
}
