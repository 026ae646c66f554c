using Transcode.Engine.Workers;
using Xunit;

namespace Transcode.Engine.Tests.Workers;

public sealed class WorkOutputTests : IDisposable
{
    private readonly MemoryStream delivered = new();

    public void Dispose() => delivered.Dispose();

    [Theory]
    [InlineData(2)]
    [InlineData(0)]
    [InlineData(4)]
    public async Task Attempts_OneEndsBeforeItCaughtUp_DeliverEachByteOnce(int bytesOfTheSecond)
    {
        using var output = new WorkOutput(Pools.Into(delivered));
        output.BeginAttempt();
        await output.TakeAsync(new byte[] { 1, 2, 3, 4 });
        output.BeginAttempt();
        await output.TakeAsync(new byte[] { 1, 2, 3, 4 }.AsMemory(0, bytesOfTheSecond));
        output.BeginAttempt();
        await output.TakeAsync(new byte[] { 1, 2, 3 });
        await output.TakeAsync(new byte[] { 4, 5 });

        Assert.Equal([1, 2, 3, 4, 5], delivered.ToArray());
    }

    [Fact]
    public async Task Attempts_TheThirdDiffers_IsNoticed()
    {
        using var output = new WorkOutput(Pools.Into(delivered));
        output.BeginAttempt();
        await output.TakeAsync(new byte[] { 1, 2, 3, 4 });
        output.BeginAttempt();
        await output.TakeAsync(new byte[] { 1 });
        output.BeginAttempt();

        await Assert.ThrowsAsync<TranscodeException>(() => output.TakeAsync(new byte[] { 1, 2, 3, 5 }));
        Assert.True(output.IsDifferent);
        Assert.Equal([1, 2, 3, 4], delivered.ToArray());
    }
}
