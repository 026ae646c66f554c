using Transcode.Engine.Interop.LibAv;
using Transcode.Engine.Workers;

namespace Transcode.Engine.Segments;

/// <summary>Turns every failure into one of the closed list.</summary>
internal static class Failures
{
    /// <param name="exception">What went wrong.</param>
    /// <param name="stage">Where libav was when it did.</param>
    /// <returns>A <see cref="TranscodeException"/> or an <see cref="OperationCanceledException"/>.</returns>
    public static Exception Of(Exception exception, FailureStage stage) => exception switch
    {
        TranscodeException or OperationCanceledException => exception,
        IOException => new TranscodeException(
            FailureStage.Source, FailureCause.SourceUnreadable, $"The source could not be read ({exception.Message}).", exception),
        AvException => new TranscodeException(stage, FailureCause.Internal, exception.Message, exception),
        _ => new TranscodeException(
            FailureStage.Worker, FailureCause.Internal, $"{exception.GetType().Name}: {exception.Message}", exception),
    };
}
