using System.Collections.Concurrent;
using Appliance.Playback;
using Appliance.Sources;
using Appliance.Sources.Remote;
using Transcode.Engine.Recipes;
using Transcode.Engine.Workers;

namespace Appliance.Jobs.Batch;

/// <summary>A whole source in all its renditions: the segment function called for every index, and each result kept under
/// its own name. Nothing but the files remembers how far it is.</summary>
internal sealed class BatchRun(
    PlayableSource source, Ladder ladder, OutputFolder folder, ISegmentMaker maker, BatchProgress progress, TimeProvider time)
{
    /// <summary>Failures told one by one; of more, only the number is known.</summary>
    public const int FailuresTold = 1000;

    /// <summary>A box that has more work than it can hold has less a moment later.</summary>
    private static readonly TimeSpan OverloadPause = TimeSpan.FromSeconds(1);

    private readonly Rendition[] _renditions = [.. ladder.AllRenditions];
    private readonly ConcurrentQueue<BatchFailure> _failures = new();
    private readonly HashSet<(string Rendition, int Index)> _missing = [];
    private readonly Lock _gate = new();

    /// <summary>Which playlists and manifests are written.</summary>
    public StreamFormats Formats { get; init; } = StreamFormats.Hls;

    /// <summary>Called with each artifact that is kept, where, and its length in bytes, from any thread.</summary>
    public Action<ArtifactKey, string, long>? Kept { get; init; }

    /// <summary>Makes what is not there yet, index by index, then writes the playlists. All renditions of an index are asked
    /// for together, so that they can share a decode, and one index more than there are slots, so that none ever waits.</summary>
    /// <returns>The segments that could not be made, in order, the first <see cref="FailuresTold"/>. Their places are
    /// marked as gaps in the playlists.</returns>
    /// <exception cref="OutputException">A result cannot be kept.</exception>
    /// <exception cref="SourceGoneException">The source's file was removed or changed.</exception>
    /// <exception cref="TranscodeException">Nothing can be made at all.</exception>
    public async Task<IReadOnlyList<BatchFailure>> RunAsync(CancellationToken cancellationToken)
    {
        IReadOnlyDictionary<string, long>[] there = [.. _renditions.Select(rendition => folder.Open(FolderOf(rendition)))];
        progress.Begin([.. there.Select((files, rung) => (
            Indexes(rung).Count(),
            Indexes(rung).Count(index => files.ContainsKey(OutputFolder.SegmentFile(_renditions[rung].Recipe, index)))))]);
        await Parallel.ForEachAsync(
            Left(there),
            new ParallelOptions
            {
                MaxDegreeOfParallelism = Math.Clamp(maker.PieceLimit / _renditions.Length, 1, maker.Slots + 1),
                CancellationToken = cancellationToken,
            },
            async (pieces, token) => await Task.WhenAll(pieces.Select(piece => MakeAsync(piece, token))));
        WritePlaylists();
        return [.. _failures.OrderBy(failure => failure.Index).ThenBy(failure => failure.Rendition, StringComparer.Ordinal)];
    }

    /// <summary>Index by index what is not there, the init segments first; thought up as it is asked for, for there may be
    /// a hundred thousand.</summary>
    private IEnumerable<BatchPiece[]> Left(IReadOnlyDictionary<string, long>[] there) =>
        Enumerable.Range(-1, source.Description.Grid.SegmentCount + 1)
            .Select(index => Enumerable.Range(0, _renditions.Length)
                .Where(rung => index < 0 ? HasInit(rung) : Exists(rung, index))
                .Select(rung => PieceAt(rung, index))
                .Where(piece => !there[piece.Rung].ContainsKey(piece.File))
                .ToArray())
            .Where(pieces => pieces.Length > 0);

    private IEnumerable<int> Indexes(int rung) =>
        Enumerable.Range(0, source.Description.Grid.SegmentCount).Where(index => Exists(rung, index));

    private bool Exists(int rung, int index) => SegmentTimes.Exists(source.Description.Grid, _renditions[rung].Recipe, index);

    /// <summary>A file of WebVTT needs none.</summary>
    private bool HasInit(int rung) => _renditions[rung].Recipe is not TextRecipe;

    private BatchPiece PieceAt(int rung, int index)
    {
        Rendition rendition = _renditions[rung];
        return index < 0
            ? new(rung, rendition, OutputFolder.InitFile, Index: null, Artifacts.Init(source, rendition.Recipe))
            : new(rung, rendition, OutputFolder.SegmentFile(rendition.Recipe, index), index, Artifacts.Segment(source, rendition.Recipe, index));
    }

    private async Task MakeAsync(BatchPiece piece, CancellationToken cancellationToken)
    {
        while (true)
        {
            try
            {
                ReadOnlyMemory<byte> content = await maker.MakeAsync(piece.Artifact, cancellationToken);
                folder.Write(FolderOf(piece.Rendition), piece.File, content);
                Kept?.Invoke(piece.Artifact.Key, folder.PathOf(FolderOf(piece.Rendition), piece.File), content.Length);
                if (piece.Index is not null)
                {
                    progress.Done(piece.Rung);
                }

                return;
            }
            catch (TranscodeException exception) when (exception.Failure.Cause == FailureCause.Overloaded)
            {
                await Task.Delay(OverloadPause, time, cancellationToken);
            }
            catch (TranscodeException exception) when (OriginException.Behind(exception) is null && IsOfThisPlace(piece, exception.Failure))
            {
                Fail(piece, exception.Failure);
                return;
            }
        }
    }

    /// <summary>Whether other places may come out all the same. Without its init segment a rendition is nothing.</summary>
    private bool IsOfThisPlace(BatchPiece piece, WorkFailure failure)
    {
        if (failure.Cause == FailureCause.SourceUnreadable)
        {
            (source.Bytes as IServedBytes)?.CheckUnchanged();
        }

        return piece.Index is not null && failure is not { Stage: FailureStage.Worker, Cause: FailureCause.Internal };
    }

    private void Fail(BatchPiece piece, WorkFailure failure)
    {
        lock (_gate)
        {
            _missing.Add((piece.Rendition.Name, piece.Index!.Value));
            if (_failures.Count < FailuresTold)
            {
                _failures.Enqueue(new(piece.Rendition.Name, piece.Index, failure.Message));
            }
        }

        progress.Failed(piece.Rung);
    }

    /// <summary>Last, so that nothing is named before it is there.</summary>
    private void WritePlaylists()
    {
        Dictionary<Rendition, InitFacts> facts = _renditions.Where(rendition => rendition.Recipe is not TextRecipe).ToDictionary(
            rendition => rendition,
            rendition => InitFacts.Of(folder.Read(FolderOf(rendition), OutputFolder.InitFile)));
        if (Formats.HasFlag(StreamFormats.Hls))
        {
            foreach (Rendition rendition in _renditions)
            {
                folder.WriteText(
                    Path.Combine(FolderOf(rendition), "index.m3u8"),
                    Gaps.Marked(
                        MediaPlaylist.Of(source.Description.Grid, rendition.Recipe),
                        index => _missing.Contains((rendition.Name, index))));
            }

            string[] codecs = [.. ladder.Video.Select(rung => facts[rung].Codec)];
            folder.WriteText(OutputFolder.MasterFile, MasterPlaylist.Of(ladder, source.Engine, codecs));
        }

        if (Formats.HasFlag(StreamFormats.Dash))
        {
            var manifest = new DashManifest(
                source.Description, ladder, TrickPlay.None, source.Engine, rendition => facts[rendition], folder: "");
            folder.WriteText(OutputFolder.ManifestFile, manifest.Write());
        }
    }

    private string FolderOf(Rendition rendition) => RenditionId.Of(rendition, source.Engine);
}
