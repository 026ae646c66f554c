namespace Appliance.Rewards.Epochs;

/// <summary>One epoch is closed at a time.</summary>
internal sealed class EpochClosingGate : IDisposable
{
    private readonly SemaphoreSlim gate = new(1, 1);

    /// <returns>What is disposed of to let the next one in.</returns>
    public async Task<IDisposable> EnterAsync(CancellationToken cancellationToken)
    {
        await gate.WaitAsync(cancellationToken);
        return new Entered(gate);
    }

    public void Dispose() => gate.Dispose();

    private sealed class Entered(SemaphoreSlim gate) : IDisposable
    {
        public void Dispose() => gate.Release();
    }
}
