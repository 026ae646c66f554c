using System.Text;
using Appliance.Rewards.Settings;
using global::Rewards.Log;

namespace Appliance.Rewards.Log.Witnesses;

/// <summary>Asks one witness for a cosignature, and keeps it. Nothing that it answers changes the log.</summary>
internal sealed class CosignatureRequest(LogWitnessSetting witness, TransparencyLog log, WitnessClient client)
{
    /// <summary>Requests in a row: a witness that knows another size than we do says which, once.</summary>
    private const int Rounds = 3;

    private const string TellOwner = "give its owner the line of /v1/log/key";

    /// <param name="oldSize">Of what it cosigned last, as far as is known here; 0 to the note's size.</param>
    /// <param name="note">The checkpoint, of this log.</param>
    /// <param name="cancellationToken">Ends it at once.</param>
    /// <returns>The size that is cosigned now, durably: the note's, or a later one.</returns>
    /// <exception cref="WitnessTroubleException">It did not cosign, or that could not be written down.</exception>
    public async Task<(long Size, DateTimeOffset? At)> SendAsync(long oldSize, SignedNote note, CancellationToken cancellationToken)
    {
        for (int round = 0; round < Rounds; round++)
        {
            WitnessRequest request = log.RequestCosignature(oldSize, note);
            WitnessReply reply = await client.AskAsync(witness.AddCheckpoint, request, cancellationToken);
            switch (reply.Status)
            {
                case StatusCodes.Status200OK:
                    return (Checkpoint.Parse(note.Text).Size, Keep(request, reply.Body).CosignedAt);
                case StatusCodes.Status409Conflict:
                    long told = Told(reply, oldSize, note);
                    if (told > Checkpoint.Parse(note.Text).Size)
                    {
                        note = log.RequestCosignature(0).Note;
                    }

                    oldSize = told;
                    break;
                default:
                    throw Refused(reply.Status, oldSize);
            }
        }

        throw new WitnessTroubleException("It says each time that it knows another size (409).");
    }

    /// <summary>The size that it says it cosigned last.</summary>
    private long Told(WitnessReply reply, long oldSize, SignedNote note)
    {
        if (reply.Size is not { } told)
        {
            throw new WitnessTroubleException("It answers 409 without the size that it knows.");
        }

        if (told > log.Size)
        {
            throw Forked($"It says it cosigned this log at size {told}, and the log ends before that");
        }

        return told != oldSize ? told
            : told == Checkpoint.Parse(note.Text).Size ? throw Forked($"It cosigned another log at size {told}")
            : throw new WitnessTroubleException("It answers 409, and tells the size that it was asked with.");
    }

    private static WitnessTroubleException Refused(int status, long oldSize) => status switch
    {
        StatusCodes.Status403Forbidden => new($"It knows this log's name, and not its key (403): {TellOwner}."),
        StatusCodes.Status404NotFound => new($"It does not watch this log, or is not at this url (404): {TellOwner}."),
        StatusCodes.Status422UnprocessableEntity => Forked($"What it cosigned at size {oldSize} is not the beginning of this log (422)"),
        >= 300 and < 400 => new($"It redirects ({status}), which is not followed: its url should be where to."),
        _ => new($"It answers {status}."),
    };

    private static WitnessTroubleException Forked(string what) =>
        new($"{what}: there are two logs under this box's key, or it was put back to an older day.") { IsFork = true };

    /// <exception cref="WitnessTroubleException">What it answered is not its cosignature, or it could not be written.</exception>
    private NoteSignature Keep(WitnessRequest request, byte[] answer)
    {
        try
        {
            var answered = SignedNote.Parse(request.With(answer));
            if (answered.Text != request.Note.Text)
            {
                throw new WitnessTroubleException("What it answers is no cosignature.");
            }

            NoteSignature cosignature = answered.Signatures.LastOrDefault(signature => signature.IsOf(witness.Key))
                ?? throw new WitnessTroubleException("It does not sign with the key that rewards.json has for it.");
            if (!answered.IsSignedBy(witness.Key))
            {
                throw new WitnessTroubleException("Its cosignature does not hold.");
            }

            log.AcceptCosignatures(Encoding.UTF8.GetBytes(new SignedNote(request.Note.Text, [.. request.Note.Signatures, cosignature]).ToString()));
            return cosignature;
        }
        catch (FormatException exception)
        {
            throw new WitnessTroubleException("What it answers is no cosignature.", exception);
        }
        catch (LogException exception)
        {
            throw new WitnessTroubleException($"It cosigned, and that could not be kept: {exception.Message}", exception);
        }
    }
}
