using Microsoft.Extensions.Logging;

namespace Transcode.Engine.Workers;

internal static partial class WorkerPoolLog
{
    [LoggerMessage(Level = LogLevel.Debug, Message = "Worker {Process} is ready after {Milliseconds} ms")]
    public static partial void WorkerReady(this ILogger logger, int process, long milliseconds);

    [LoggerMessage(Level = LogLevel.Warning, Message = "A worker cannot start: {Reason}")]
    public static partial void WorkerCannotStart(this ILogger logger, string reason);

    [LoggerMessage(Level = LogLevel.Warning, Message = "Worker {Process} was lost at {Place}: {Reason}")]
    public static partial void WorkerLost(this ILogger logger, int process, string place, string reason);

    [LoggerMessage(Level = LogLevel.Information, Message = "Worker {Process} ended before it was to, after {Orders} orders: {Reason}")]
    public static partial void WorkerEnded(this ILogger logger, int process, int orders, string reason);

    [LoggerMessage(Level = LogLevel.Warning, Message = "Source {Fingerprint} is quarantined at {Place}: {Reason}")]
    public static partial void Quarantined(this ILogger logger, string fingerprint, string place, string reason);

    [LoggerMessage(Level = LogLevel.Warning, Message = "The worker can be locked in only partly: {Measure}: {Reason}")]
    public static partial void LockInPartial(this ILogger logger, string measure, string reason);

    [LoggerMessage(Level = LogLevel.Warning, Message = "The device beside the processor is left alone for an hour, because a worker that had it ended: {Reason}")]
    public static partial void DeviceRests(this ILogger logger, string reason);

    [LoggerMessage(Level = LogLevel.Warning, Message = "Encoder {Encoder} failed; {Spare} makes segment {Index} from picture {Frame} on: {Reason}")]
    public static partial void SpareTakesOver(this ILogger logger, string encoder, string spare, int index, int frame, string reason);

    [LoggerMessage(Level = LogLevel.Warning, Message = "Software decodes in the place of {Decoder} at {Place}, because {Reason}")]
    public static partial void DecoderLeft(this ILogger logger, string decoder, string place, string reason);

    [LoggerMessage(Level = LogLevel.Debug, Message = "Worker {Process} says: {Line} ({Suppressed} lines before it kept back)")]
    public static partial void WorkerSaid(this ILogger logger, int process, string line, int suppressed);
}
