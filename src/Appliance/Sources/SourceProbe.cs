using System.Text.Json;
using Appliance.Transcoding;
using Transcode.Engine.Media;
using Transcode.Engine.Recipes;
using Transcode.Engine.Workers;

namespace Appliance.Sources;

/// <summary>Has a worker find out what a source is.</summary>
internal static class SourceProbe
{
    /// <summary>A description is text about streams; megabytes of it are no description.</summary>
    private const int DescriptionLimitBytes = 4 << 20;

    /// <exception cref="TranscodeException">It is not media, or there is no worker to tell.</exception>
    /// <exception cref="JsonException">The answer is none.</exception>
    /// <exception cref="OperationCanceledException">Cancelled, or given up for something more urgent.</exception>
    public static async Task<SourceDescription> RunAsync(
        ITranscoder transcoder, IByteSource bytes, WorkPriority priority, CancellationToken cancellationToken)
    {
        using var json = new MemoryStream();
        StartedWork probe = transcoder.Start(
            new ProbeOrder(),
            bytes,
            priority,
            chunk =>
            {
                if (json.Length + chunk.Length > DescriptionLimitBytes)
                {
                    throw new TranscodeException(FailureStage.Probe, FailureCause.Internal, "What this file is could not be made out.");
                }

                json.Write(chunk.Span);
                return ValueTask.CompletedTask;
            },
            cancellationToken);
        await probe.Completion;
        return JsonSerializer.Deserialize(json.GetBuffer().AsSpan(0, (int)json.Length), EngineJson.Default.SourceDescription)
            ?? throw new JsonException("The probe answered null.");
    }
}
