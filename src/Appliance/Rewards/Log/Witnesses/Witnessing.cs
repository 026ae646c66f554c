using Appliance.Rewards.Settings;
using global::Rewards.Log;

namespace Appliance.Rewards.Log.Witnesses;

/// <summary>Has the log's checkpoints cosigned by those witnesses that the owner names. Every witness is asked for the same checkpoint, each in its own time.</summary>
internal sealed class Witnessing : BackgroundService
{
    private readonly PublicLog log;
    private readonly WitnessingOptions options;
    private readonly TimeProvider time;
    private readonly WitnessClient client;
    private readonly AskedCheckpoint asked = new();
    private readonly IReadOnlyList<AskedWitness> witnesses;
    private readonly SemaphoreSlim awoken = new(0, 1);

    public Witnessing(PublicLog log, OwnersSettings owners, WitnessingOptions options, TimeProvider time, ILogger<Witnessing> logger)
    {
        this.log = log;
        this.options = options;
        this.time = time;
        client = new WitnessClient(options);
        witnesses = log.Log is { } open
            ? [.. owners.Witnesses.Select(witness => new AskedWitness(witness, open, client, asked, options, time, logger))]
            : [];
    }

    /// <summary>In the owner's order; none where there is no log.</summary>
    public IReadOnlyList<WitnessStanding> Standings => [.. witnesses.Select(witness => witness.Standing)];

    public override void Dispose()
    {
        log.Grew -= Wake;
        client.Dispose();
        awoken.Dispose();
        base.Dispose();
    }

    protected override Task ExecuteAsync(CancellationToken stoppingToken)
    {
        if (log.Log is not { } open || witnesses.Count == 0)
        {
            return Task.CompletedTask;
        }

        log.Grew += Wake;
        return Task.WhenAll([GatherAsync(open, stoppingToken), .. witnesses.Select(witness => witness.RunAsync(stoppingToken))]);
    }

    /// <summary>Takes the log's last checkpoint for the one that is asked for, some time after entries came: so a box that is busy asks as often as one that is not.</summary>
    private async Task GatherAsync(TransparencyLog open, CancellationToken cancellationToken)
    {
        while (true)
        {
            if (open.Size > asked.Size)
            {
                await Task.Delay(options.Gathering, time, cancellationToken);
                asked.Put(open.RequestCosignature(0).Note);
            }

            await awoken.WaitAsync(cancellationToken);
        }
    }

    private void Wake()
    {
        try
        {
            awoken.Release();
        }
        catch (Exception exception) when (exception is SemaphoreFullException or ObjectDisposedException)
        {
            // It is awake, or the box ends.
        }
    }
}
