using Appliance.Tests.Hosting;
using Appliance.Transcoding;
using Microsoft.Extensions.Logging.Abstractions;
using Transcode.Engine.Media;
using Transcode.Engine.Recipes;
using Transcode.Engine.Workers;

namespace Appliance.Tests.Rewards;

/// <summary>The workers of a box that does not make what it is paid for: real ones, that are told something else.</summary>
internal sealed class CheatingWorkers : ITranscoder, IAsyncDisposable
{
    private readonly WorkerPool pool = new(
        new WorkerPoolOptions { WorkerPath = House.Program, WorkerArguments = ["worker"], Slots = TestAppliance.Slots }, NullLogger<WorkerPool>.Instance, TimeProvider.System);

    /// <summary>Whether it says that another build of the engine made it.</summary>
    public bool SaysAnotherEngine { get; init; }

    /// <summary>What pictures are made by, in place of the recipe that was asked for.</summary>
    public Func<VideoRecipe, VideoRecipe> Recipe { get; init; } = recipe => recipe;

    /// <summary>What they are made of, in place of the source; null for the source.</summary>
    public byte[]? Film { get; init; }

    public PoolStatus Status => pool.Status;

    public async Task<EngineIdentity> GetIdentityAsync(CancellationToken cancellationToken) => Said(await pool.GetIdentityAsync(cancellationToken));

    public StartedWork Start(
        WorkOrder order, IByteSource source, WorkPriority priority, Func<ReadOnlyMemory<byte>, ValueTask> onChunk, CancellationToken cancellationToken)
    {
        (WorkOrder made, IByteSource of) = order switch
        {
            SegmentOrder { Recipe: VideoRecipe recipe } segment => (segment with { Recipe = Recipe(recipe) }, Film is null ? source : new Substitute(Film)),
            InitOrder { Recipe: VideoRecipe recipe } init => (init with { Recipe = Recipe(recipe) }, source),
            _ => (order, source),
        };
        WorkHandle handle = pool.Start(made, of, priority, onChunk, cancellationToken);
        return new(ReportAsync(handle.Completion, cancellationToken), handle.Reprioritize);
    }

    public ValueTask DisposeAsync() => pool.DisposeAsync();

    private async Task<WorkReport> ReportAsync(Task<WorkReport> made, CancellationToken cancellationToken)
    {
        WorkReport report = await made;
        return report with { Engine = (await GetIdentityAsync(cancellationToken)).ToString() };
    }

    private EngineIdentity Said(EngineIdentity identity) => SaysAnotherEngine ? identity with { Engine = "another-engine/7" } : identity;

    private sealed class Substitute(byte[] film) : IByteSource
    {
        public string Fingerprint => "5b";

        public long Length => film.Length;

        public ValueTask<int> ReadAsync(long offset, Memory<byte> buffer, CancellationToken cancellationToken)
        {
            int count = (int)Math.Clamp(film.Length - offset, 0, buffer.Length);
            film.AsMemory((int)Math.Min(offset, film.Length), count).CopyTo(buffer);
            return ValueTask.FromResult(count);
        }
    }
}
