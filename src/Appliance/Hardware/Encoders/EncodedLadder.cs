using System.Collections.Concurrent;
using System.Globalization;
using Appliance.Transcoding;
using Transcode.Engine.Media;
using Transcode.Engine.Recipes;
using Transcode.Engine.Workers;

namespace Appliance.Hardware.Encoders;

/// <summary>Ladders whose rungs a device makes: it is asked once what its pictures' parameter sets are at each size and rate, and the recipes tell it.</summary>
internal sealed class EncodedLadder(ITranscoder transcoder)
{
    /// <summary>Sizes and rates remembered; films have few.</summary>
    private const int MostKnown = 4096;

    private const int LargestInit = 1 << 16;

    private readonly ConcurrentDictionary<string, string> _known = [];

    /// <param name="encoder">That of the workers.</param>
    /// <param name="source">As probed.</param>
    /// <param name="bytes">The source's.</param>
    /// <param name="ladder">Of the box's own encoders.</param>
    /// <param name="priority">Of the asking.</param>
    /// <param name="cancellationToken">Ends it.</param>
    /// <returns>The same, with those rungs changed that the device takes.</returns>
    /// <exception cref="TranscodeException">There is no worker to ask.</exception>
    /// <exception cref="OperationCanceledException">Cancelled, or given up for something more urgent.</exception>
    public async Task<Ladder> MakeAsync(DeviceEncoder encoder, SourceDescription source, IByteSource bytes, Ladder ladder, WorkPriority priority, CancellationToken cancellationToken)
    {
        var told = new Dictionary<string, string?>();
        foreach (VideoRecipe recipe in ladder.Video.Select(rung => rung.Recipe).OfType<VideoRecipe>().Where(DeviceEncoder.Takes))
        {
            string key = string.Create(CultureInfo.InvariantCulture, $"{encoder.Asking(recipe with { StreamIndex = 0 }).Id} {source.Grid.SegmentFrames}");
            if (!_known.TryGetValue(key, out string? sets))
            {
                sets = await EncoderTrial.ParameterSetsAsync(order => RunAsync(order, bytes, priority, cancellationToken), source, encoder, recipe);
                if (sets is not null && _known.Count < MostKnown)
                {
                    _known[key] = sets;
                }
            }

            told[recipe.Id] = sets;
        }

        return ladder.WithEncoder(encoder, recipe => told.GetValueOrDefault(recipe.Id));
    }

    private async Task<byte[]> RunAsync(WorkOrder order, IByteSource bytes, WorkPriority priority, CancellationToken cancellationToken)
    {
        using var output = new MemoryStream();
        await transcoder.Start(
            order,
            bytes,
            priority,
            chunk =>
            {
                if (output.Length + chunk.Length > LargestInit)
                {
                    throw new TranscodeException(FailureStage.Mux, FailureCause.Internal, "An initialization segment without end.");
                }

                output.Write(chunk.Span);
                return ValueTask.CompletedTask;
            },
            cancellationToken).Completion;
        return output.ToArray();
    }
}
