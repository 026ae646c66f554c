namespace Transcode.Engine.Workers;

/// <summary>Who waits for a piece of work, most urgent first.</summary>
public enum WorkPriority
{
    /// <summary>A viewer whose picture stands still, or is about to.</summary>
    Stalling,

    /// <summary>A viewer who has just started, or has just sought another place.</summary>
    Starting,

    /// <summary>A viewer, now.</summary>
    Playing,

    /// <summary>A viewer, soon; given up when somebody waits now.</summary>
    ReadAhead,

    /// <summary>Nobody in particular; given up first.</summary>
    Background,
}
