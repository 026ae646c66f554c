using Appliance.Rewards.Settings;
using global::Rewards.Log;

namespace Appliance.Rewards.Log.Witnesses;

/// <summary>One witness, who is asked for as long as the box runs, whatever the others do.</summary>
internal sealed partial class AskedWitness
{
    private readonly LogWitnessSetting witness;
    private readonly CosignatureRequest request;
    private readonly AskedCheckpoint asked;
    private readonly WitnessingOptions options;
    private readonly TimeProvider time;
    private readonly ILogger logger;
    private volatile WitnessStanding standing;

    public AskedWitness(
        LogWitnessSetting witness, TransparencyLog log, WitnessClient client, AskedCheckpoint asked, WitnessingOptions options, TimeProvider time, ILogger logger)
    {
        this.witness = witness;
        this.asked = asked;
        this.options = options;
        this.time = time;
        this.logger = logger;
        request = new CosignatureRequest(witness, log, client);
        standing = Last(log, witness.Key) is var (size, cosignature)
            ? new(witness.Key.Name, witness.Url, size, cosignature.CosignedAt, null)
            : new(witness.Key.Name, witness.Url, 0, null, null);
    }

    public WitnessStanding Standing => standing;

    /// <summary>Asks it for each checkpoint, until it is cancelled.</summary>
    public async Task RunAsync(CancellationToken cancellationToken)
    {
        TimeSpan pause = options.FirstPause;
        while (true)
        {
            SignedNote note = await asked.BeyondAsync(standing.Size, cancellationToken);
            try
            {
                (long size, DateTimeOffset? at) = await request.SendAsync(standing.Size, note, cancellationToken);
                if (standing.Trouble is not null || standing.Size == 0)
                {
                    Cosigns(logger, witness.Key.Name, size);
                }

                standing = standing with { Size = size, At = at, Trouble = null };
                pause = options.FirstPause;
            }
            catch (Exception exception) when (exception is not OperationCanceledException)
            {
                // Whatever it is, it is this witness' alone, and is tried again.
                var trouble = exception as WitnessTroubleException;
                string reason = trouble?.Message ?? $"Asking it failed: {exception.Message}";
                if (standing.Trouble != reason)
                {
                    DoesNot(logger, trouble is { IsFork: true } ? LogLevel.Error : LogLevel.Warning, witness.Key.Name, reason);
                }

                standing = standing with { Trouble = reason };
                await Task.Delay(pause, time, cancellationToken);
                pause = TimeSpan.FromTicks(Math.Min(2 * pause.Ticks, options.LongestPause.Ticks));
            }
        }
    }

    /// <summary>The newest cosignature of his that is kept, and the size it is of; null where there is none.</summary>
    private static (long Size, NoteSignature Cosignature)? Last(TransparencyLog log, NoteKey witness)
    {
        foreach (SignedNote note in log.CosignedNotes.Reverse())
        {
            if (note.Signatures.LastOrDefault(signature => signature.IsOf(witness)) is { } cosignature)
            {
                return (Checkpoint.Parse(note.Text).Size, cosignature);
            }
        }

        return null;
    }

    [LoggerMessage(Level = LogLevel.Information, Message = "The witness {Name} cosigns the log, now at size {Size}")]
    private static partial void Cosigns(ILogger logger, string name, long size);

    [LoggerMessage(Message = "The witness {Name} does not cosign the log. {Reason} (told once until that changes)")]
    private static partial void DoesNot(ILogger logger, LogLevel level, string name, string reason);
}
