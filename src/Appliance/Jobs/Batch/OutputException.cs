namespace Appliance.Jobs.Batch;

/// <summary>A finished file cannot be kept. What was kept before is whole, and the job can go on from there.</summary>
/// <param name="reason">One sentence for a person.</param>
/// <param name="inner">What the system said, where it was the system.</param>
internal sealed class OutputException(string reason, Exception? inner = null) : Exception(reason, inner)
{
    private const int NoSpace = 28;
    private const int QuotaOfTheDisk = 122;
    private const int ReadOnly = 30;

    /// <summary>Whether the disk as a whole takes nothing more, wherever on it.</summary>
    public static bool IsOfTheDisk(Exception exception) => exception is IOException { HResult: NoSpace or QuotaOfTheDisk or ReadOnly };

    /// <summary>In plain words what the system refused (errno of Linux).</summary>
    public static OutputException Of(Exception exception) => new(
        exception switch
        {
            IOException { HResult: NoSpace } => "The disk is full.",
            IOException { HResult: QuotaOfTheDisk } => "The disk quota is used up.",
            IOException { HResult: ReadOnly } => "The disk is read-only.",
            UnauthorizedAccessException => "The folder cannot be written to.",
            _ => $"The disk refuses: {exception.Message}",
        },
        exception);
}
