using Appliance.Problems;
using Appliance.Sources.Sidecars;
using Transcode.Engine.Workers;

namespace Appliance.Sources;

/// <summary>Finds the source a URL means, and sees to it that its bytes are still those that they were.</summary>
internal sealed class SourceLookup(SourceLibrary library, SourceIntake intake, SidecarSearch sidecars)
{
    /// <exception cref="RequestRefusedException">404: there is none.</exception>
    /// <exception cref="SourceGoneException">Its file was removed or changed. A changed one is taken in anew.</exception>
    public Source Find(string id)
    {
        if (!library.TryFind(id, out Source? source))
        {
            throw new RequestRefusedException(StatusCodes.Status404NotFound, "There is no such source.") { Code = ProblemCode.NoSuchSource };
        }

        try
        {
            source.Bytes?.CheckUnchanged();
            return source;
        }
        catch (SourceGoneException)
        {
            library.Remove(source);
            if (source.Path is { } path && File.Exists(path))
            {
                intake.TryOffer(path);
            }

            throw;
        }
    }

    /// <summary>Finds the source a URL means, for answers that list what there is of it: files of subtitles that came, went or
    /// changed beside it are then seen.</summary>
    /// <exception cref="RequestRefusedException">As for <see cref="Find"/>.</exception>
    /// <exception cref="SourceGoneException">As for <see cref="Find"/>.</exception>
    public Source Look(string id)
    {
        Source known = Find(id);
        Source source = sidecars.Look(known);
        if (source != known)
        {
            library.Update(source);
        }

        return source;
    }

    /// <summary>Finds a source that can be played, with what is known to be offered of it.</summary>
    /// <exception cref="RequestRefusedException">404, or 503 while it is being probed.</exception>
    /// <exception cref="TranscodeException">It was refused, and why.</exception>
    /// <exception cref="SourceGoneException">As for <see cref="Find"/>.</exception>
    public PlayableSource FindPlayable(string id) => Playable(Find(id));

    /// <summary>The same after a <see cref="Look"/>.</summary>
    /// <exception cref="RequestRefusedException">As for <see cref="FindPlayable"/>.</exception>
    /// <exception cref="TranscodeException">As for <see cref="FindPlayable"/>.</exception>
    /// <exception cref="SourceGoneException">As for <see cref="Find"/>.</exception>
    public PlayableSource LookPlayable(string id) => Playable(Look(id));

    private static PlayableSource Playable(Source source) => source.State switch
    {
        SourceState.Ready ready => new(source.Id, source.Bytes!, ready.Description, ready.Ladder, ready.TrickPlay, ready.Engine) { Sidecars = source.Sidecars },
        SourceState.Refused refused => throw new TranscodeException(refused.Failure, refused.Origin),
        _ => throw new RequestRefusedException(
            StatusCodes.Status503ServiceUnavailable, "This source is still being looked at.", retryAfterSeconds: 1) { Code = ProblemCode.Probing },
    };
}
