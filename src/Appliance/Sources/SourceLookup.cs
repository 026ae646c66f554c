using Appliance.Problems;
using Transcode.Engine.Workers;

namespace Appliance.Sources;

/// <summary>Finds the source a URL means, and sees to it that its file is still the one it was.</summary>
internal sealed class SourceLookup(SourceLibrary library, SourceIntake intake)
{
    /// <exception cref="RequestRefusedException">404: there is none.</exception>
    /// <exception cref="SourceGoneException">Its file was removed or changed. A changed one is taken in anew.</exception>
    public Source Find(string id)
    {
        if (!library.TryFind(id, out Source? source))
        {
            throw new RequestRefusedException(StatusCodes.Status404NotFound, "There is no such source.");
        }

        try
        {
            source.Bytes?.CheckUnchanged();
            return source;
        }
        catch (SourceGoneException)
        {
            library.Remove(source);
            if (File.Exists(source.Bytes!.Path))
            {
                intake.TryOffer(source.Bytes.Path);
            }

            throw;
        }
    }

    /// <summary>Finds a source that can be played.</summary>
    /// <exception cref="RequestRefusedException">404, or 503 while it is being probed.</exception>
    /// <exception cref="TranscodeException">It was refused, and why.</exception>
    /// <exception cref="SourceGoneException">As for <see cref="Find"/>.</exception>
    public PlayableSource FindPlayable(string id)
    {
        Source source = Find(id);
        return source.State switch
        {
            SourceState.Ready ready => new(source.Id, source.Bytes!, ready.Description, ready.Ladder, ready.TrickPlay, ready.Engine),
            SourceState.Refused refused => throw new TranscodeException(refused.Failure),
            _ => throw new RequestRefusedException(
                StatusCodes.Status503ServiceUnavailable, "This source is still being looked at.", retryAfterSeconds: 1),
        };
    }
}
