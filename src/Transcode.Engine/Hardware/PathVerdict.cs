namespace Transcode.Engine.Hardware;

/// <summary>What came of trying a path. A closed list.</summary>
public enum PathVerdict
{
    /// <summary>It made the right pictures, in the bits that were promised.</summary>
    Works,

    /// <summary>It did not open, gave an error, or there is nothing to try it with.</summary>
    Fails,

    /// <summary>Its pictures are not those it was given.</summary>
    WrongPictures,

    /// <summary>It takes more bits than it was told to.</summary>
    BreaksPromise,

    /// <summary>The process it was tried in came to a bad end.</summary>
    Crashed,

    /// <summary>It did not answer in time, and was ended.</summary>
    Hung,

    /// <summary>The process said what cannot be.</summary>
    Lied,

    /// <summary>It ended two processes here and is not tried again until something changes, or it is asked for.</summary>
    Quarantined,

    /// <summary>The owner does not want it.</summary>
    Off,

    /// <summary>It was not tried yet.</summary>
    NotTried,
}
