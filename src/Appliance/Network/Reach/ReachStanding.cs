namespace Appliance.Network.Reach;

/// <summary>How the way from outside is.</summary>
internal enum ReachStanding
{
    /// <summary>The owner has not said that there shall be one.</summary>
    Off,

    /// <summary>The box does not take connections of this family, or of its own machine only.</summary>
    NotListening,

    /// <summary>The router is being asked.</summary>
    Asking,

    /// <summary>The router lets others in, from an address of the Internet.</summary>
    Open,

    /// <summary>It lets others in, but has no address of the Internet itself.</summary>
    DoubleNat,

    /// <summary>No router is needed: the box has an address of the Internet itself.</summary>
    Direct,

    /// <summary>The router says no.</summary>
    Refused,

    /// <summary>There is no router, or none that can be asked.</summary>
    NoRouter,
}
