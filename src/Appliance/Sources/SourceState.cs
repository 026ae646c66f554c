using Appliance.Problems;
using Appliance.Sources.Remote;
using Appliance.Sources.Sidecars;
using Transcode.Engine.Media;
using Transcode.Engine.Recipes;
using Transcode.Engine.Workers;

namespace Appliance.Sources;

/// <summary>What is known of a source: one of a closed set.</summary>
internal abstract record SourceState
{
    /// <summary>It is being found out what it is.</summary>
    public sealed record Probing : SourceState;

    /// <summary>It can be played.</summary>
    /// <param name="Description">What it is.</param>
    /// <param name="Engine">Which build found that out, and makes its segments.</param>
    /// <param name="Ladder">What is offered of it.</param>
    public sealed record Ready(SourceDescription Description, EngineIdentity Engine, Ladder Ladder) : SourceState
    {
        public TrickPlay TrickPlay => field ??= TrickPlay.For(Description, Ladder);

        /// <summary>The same with the subtitles of files beside it.</summary>
        public Ready With(IEnumerable<Sidecar> sidecars) =>
            this with { Ladder = Ladder.WithSidecars(sidecars.Select(sidecar => sidecar.Track), Description.Grid) };
    }

    /// <summary>It cannot be played.</summary>
    /// <param name="Failure">Why not.</param>
    public sealed record Refused(WorkFailure Failure) : SourceState
    {
        /// <summary>What the machine that has it did, where that is why.</summary>
        public OriginException? Origin { get; init; }

        /// <summary>Why not, as <see cref="ProblemCode"/> has it.</summary>
        public string Code => Origin?.Code ?? ProblemCode.Of(Failure.Cause);
    }
}
