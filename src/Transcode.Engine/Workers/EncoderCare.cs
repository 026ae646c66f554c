using Transcode.Engine.Recipes;

namespace Transcode.Engine.Workers;

/// <summary>Which device encoder a pool's workers have, and when it is left alone. While it is, the spare makes whole segments, by the same recipes and on the same grid.</summary>
/// <remarks>An error may be a driver that has no session left: a minute's rest. A worker that crashed or hung with it: an hour's; and where the spare then made what was left without
/// harm, it was the encoder's doing, whose second such end shuts it until <see cref="Forgive"/>. Where the spare's worker ended at the same place too, it was the film's. A
/// worker that somebody ended from outside says nothing against it.</remarks>
public sealed class EncoderCare
{
    /// <summary>After a worker came to a bad end with it.</summary>
    public static readonly TimeSpan CrashRest = TimeSpan.FromHours(1);

    /// <summary>After an error.</summary>
    public static readonly TimeSpan ErrorRest = TimeSpan.FromMinutes(1);

    private const int FatalCrashes = 2;

    private readonly Lock gate = new();
    private readonly TimeProvider time;
    private DeviceEncoder? encoder;
    private DateTimeOffset restsUntil;
    private string? why;
    private bool isCrash;
    private bool isShut;
    private int crashes;
    private Exception? judged;

    internal EncoderCare(TimeProvider time) => this.time = time;

    /// <summary>Hears, on any thread, why it was shut.</summary>
    public event Action<string>? Shut;

    /// <summary>How it is now; null where there is none.</summary>
    public EncoderStatus? Status
    {
        get
        {
            lock (gate)
            {
                return encoder is null ? null
                    : isShut ? new(encoder.Codec, why, null, IsShut: true)
                    : Rests ? new(encoder.Codec, why, restsUntil, IsShut: false)
                    : new(encoder.Codec, null, null, IsShut: false);
            }
        }
    }

    /// <summary>What the next worker opens before its lock closes: nothing that ended one.</summary>
    internal DeviceEncoder? ForWorkers
    {
        get
        {
            lock (gate)
            {
                return isShut || (isCrash && Rests) ? null : encoder;
            }
        }
    }

    private bool Rests => time.GetUtcNow() < restsUntil;

    /// <summary>It may be used again: its owner had it tried anew.</summary>
    public void Forgive()
    {
        lock (gate)
        {
            (isShut, isCrash, crashes, restsUntil, why) = (false, false, 0, default, null);
        }
    }

    internal void Use(DeviceEncoder? wanted)
    {
        lock (gate)
        {
            encoder = wanted;
        }

        Forgive();
    }

    /// <summary>Whether a recipe's segments are the spare's for now.</summary>
    internal bool LeavesToSpare(VideoRecipe recipe)
    {
        lock (gate)
        {
            return encoder is not null && recipe.Spare is not null && recipe.Encoder == encoder.Codec && (isShut || Rests);
        }
    }

    /// <summary>It gave an error.</summary>
    internal void Failed(string reason)
    {
        lock (gate)
        {
            if (encoder is not null && !isShut && !Rests)
            {
                (restsUntil, isCrash, why) = (time.GetUtcNow() + ErrorRest, false, $"It gave an error and rests for a minute: {WorkerText.Clean(reason)}");
            }
        }
    }

    /// <summary>A worker came to a bad end that had it in hand.</summary>
    internal void Suspect(WorkerLostException lost)
    {
        lock (gate)
        {
            if (encoder is not null && !isShut && lost.End != WorkerEnd.Outside)
            {
                (restsUntil, isCrash, why) = (time.GetUtcNow() + CrashRest, true, $"A worker that had it ended, and it rests for an hour: {WorkerText.Clean(lost.Message)}");
            }
        }
    }

    /// <summary>It was its own doing.</summary>
    internal void Convict(WorkerLostException lost)
    {
        string? shutFor = null;
        lock (gate)
        {
            // Rungs of one worker each tell of the same end.
            if (encoder is null || isShut || lost.End == WorkerEnd.Outside || ReferenceEquals(judged, lost))
            {
                return;
            }

            judged = lost;
            if (++crashes >= FatalCrashes)
            {
                (isShut, why) = (true, $"It ended two workers and is left alone until it is tried anew: {WorkerText.Clean(lost.Message)}");
                shutFor = why;
            }
        }

        if (shutFor is not null)
        {
            Shut?.Invoke(shutFor);
        }
    }

    /// <summary>It was not: its spare's worker came to the same end at the same place.</summary>
    internal void Acquit(WorkerLostException lost)
    {
        lock (gate)
        {
            if (encoder is not null && !isShut && !ReferenceEquals(judged, lost))
            {
                judged = lost;
                (restsUntil, isCrash, why) = (default, false, null);
            }
        }
    }
}
