namespace Appliance.Network.Mapping;

/// <summary>Why a router did not do as asked.</summary>
internal enum RouterFailure
{
    /// <summary>It does not answer in this language.</summary>
    Silent,

    /// <summary>It speaks, but not this version.</summary>
    OtherVersion,

    /// <summary>It may not: switched off, or not for this box.</summary>
    Refused,

    /// <summary>It has no more ports, memory, or patience.</summary>
    Full,

    /// <summary>It has no address outside itself.</summary>
    Offline,

    /// <summary>The port, or every one that was tried, is somebody else's.</summary>
    PortTaken,

    /// <summary>It saw another address than the box's own: somebody translates on the way to it.</summary>
    Between,

    /// <summary>What it says makes no sense.</summary>
    Garbled,
}
