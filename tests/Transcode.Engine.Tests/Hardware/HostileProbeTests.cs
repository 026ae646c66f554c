using Transcode.Engine.Hardware;
using Transcode.Engine.Workers;
using Xunit;

namespace Transcode.Engine.Tests.Hardware;

/// <summary>Processes that do what a broken driver does to the one it is tried in, or worse.</summary>
public sealed class HostileProbeTests
{
    private const string Answer = "{\"result\":{\"path\":{\"direction\":\"Encode\",\"format\":\"h264\",\"bitDepth\":8,\"api\":\"vaapi\",\"codec\":\"h264_vaapi\"},\"verdict\":\"Works\",\"reason\":\"It does.\"";

    private const string Figures = ",\"figures\":{\"width\":640,\"height\":360,\"firstFrameMicroseconds\":1,\"framesPerSecond\":50,\"sessions\":1,\"sessionFramesPerSecond\":50,\"limit\":\"none\"}";

    private static readonly CodingPath Path = new(PathDirection.Encode, "h264", 8, "vaapi", "h264_vaapi");

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Try_ProcessThatTellsTheTruth_IsBelieved()
    {
        PathResult result = await TryAsync($"echo '{Answer}{Figures}}}}}'");

        Assert.Equal(PathVerdict.Works, result.Verdict);
        Assert.Equal(50, result.Figures!.FramesPerSecond);
    }

    /// <summary>Twice, since once can be an accident.</summary>
    [Fact]
    public async Task Try_ProcessThatIsKilledBySignalEachTime_IsQuarantinedWithTheSignal()
    {
        PathResult result = await TryAsync("echo '{\"step\":\"encoding\"}'; echo 'driver: assertion failed' >&2; kill -SEGV $$");

        Assert.Equal(PathVerdict.Quarantined, result.Verdict);
        Assert.Contains("signal 11", result.Reason, StringComparison.Ordinal);
        Assert.Contains("\"encoding\"", result.Reason, StringComparison.Ordinal);
        Assert.Contains("driver: assertion failed", result.Reason, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Try_ProcessThatDiesOnceAndThenAnswers_IsBelieved()
    {
        string mark = System.IO.Path.Combine(System.IO.Path.GetTempPath(), System.IO.Path.GetRandomFileName());
        try
        {
            PathResult result = await TryAsync($"if [ -e {mark} ]; then echo '{Answer}{Figures}}}}}'; else touch {mark}; kill -KILL $$; fi");

            Assert.Equal(PathVerdict.Works, result.Verdict);
        }
        finally
        {
            File.Delete(mark);
        }
    }

    [Fact]
    public async Task Try_ProcessThatHangs_IsEndedAndQuarantined()
    {
        PathResult result = await TryAsync("echo '{\"step\":\"opening\"}'; exec sleep 1000", TimeSpan.FromSeconds(1));

        Assert.Equal(PathVerdict.Quarantined, result.Verdict);
        Assert.Contains("did not answer within 1 seconds, at \"opening\"", result.Reason, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("echo 'libva info: VA-API version 1.17.0'", "libva info")]
    [InlineData("yes x", "\"x\"")]
    [InlineData("cat /dev/zero", "a line without end")]
    [InlineData("while :; do echo '{\"step\":\"a\"}'; done", "more lines than anybody reads")]
    [InlineData("echo '" + Answer + "}}'", "there is no figure")]
    [InlineData("echo '" + Answer + ",\"figures\":{\"width\":64,\"height\":64,\"firstFrameMicroseconds\":1,\"framesPerSecond\":50,\"sessions\":1,\"sessionFramesPerSecond\":50,\"limit\":\"\"}}}'", "its pictures are 64")]
    [InlineData("echo '" + Answer + ",\"figures\":{\"width\":640,\"height\":360,\"firstFrameMicroseconds\":900000000,\"framesPerSecond\":50,\"sessions\":1,\"sessionFramesPerSecond\":50,\"limit\":\"\"}}}'", "its first picture came after its end")]
    [InlineData("echo '" + Answer + ",\"figures\":{\"width\":640,\"height\":360,\"firstFrameMicroseconds\":1,\"framesPerSecond\":1e300,\"sessions\":1,\"sessionFramesPerSecond\":50,\"limit\":\"\"}}}'", "its rate is none")]
    [InlineData("echo '{\"result\":{\"path\":{\"direction\":\"Encode\",\"format\":\"hevc\",\"bitDepth\":8,\"api\":\"vaapi\",\"codec\":\"hevc_vaapi\"},\"verdict\":\"Fails\",\"reason\":\"x\"}}'", "answers for")]
    [InlineData("echo '{\"result\":{\"path\":{\"direction\":\"Encode\",\"format\":\"h264\",\"bitDepth\":8,\"api\":\"vaapi\",\"codec\":\"h264_vaapi\"},\"verdict\":\"Quarantined\",\"reason\":\"x\"}}'", "not for it to say")]
    public async Task Try_ProcessThatSaysWhatCannotBe_IsNotBelieved(string script, string expected)
    {
        PathResult result = await TryAsync(script);

        Assert.Equal(PathVerdict.Lied, result.Verdict);
        Assert.Matches(expected, result.Reason);
    }

    [Fact]
    public async Task Try_Cancelled_EndsTheProcess()
    {
        using var cancellation = CancellationTokenSource.CreateLinkedTokenSource(Token);
        Task<PathResult> trying = Probe("echo '{\"step\":\"at work\"}'; exec sleep 1000", TimeSpan.FromMinutes(5)).TryAsync(Path, _ => cancellation.Cancel(), cancellation.Token);

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => trying);
    }

    [Fact]
    public async Task Try_ProgramThatIsNotThere_SaysSo()
    {
        var probe = new HardwareProbe(new() { WorkerPath = "/nowhere/appliance", WorkerArguments = [] });

        TranscodeException exception = await Assert.ThrowsAsync<TranscodeException>(() => probe.TryAsync(Path, _ => { }, Token));
        Assert.Contains("cannot start", exception.Message, StringComparison.Ordinal);
    }

    private static Task<PathResult> TryAsync(string script, TimeSpan? limit = null) => Probe(script, limit ?? TimeSpan.FromSeconds(60)).TryAsync(Path, _ => { }, Token);

    private static HardwareProbe Probe(string script, TimeSpan limit) =>
        new(new() { WorkerPath = "/bin/sh", WorkerArguments = ["-c", script], Width = 640, Height = 360, TimeLimit = limit });
}
