namespace Transcode.Engine.Workers;

/// <summary>Who waits for a piece of work, most urgent first.</summary>
public enum WorkPriority
{
    /// <summary>A viewer, now.</summary>
    Playing,

    /// <summary>A viewer, soon; given up when somebody waits now.</summary>
    ReadAhead,

    /// <summary>Nobody in particular; given up first.</summary>
    Background,
}
