namespace Appliance.Network.Reach;

/// <summary>What an address is good for, seen from the Internet.</summary>
internal enum AddressKind
{
    /// <summary>Everybody's packets find it.</summary>
    Public,

    /// <summary>Of a home or a company (RFC 1918, RFC 4193).</summary>
    Private,

    /// <summary>Of a provider who shares one address among many homes (RFC 6598).</summary>
    Shared,

    /// <summary>Good on one cable only.</summary>
    LinkLocal,

    /// <summary>Of the machine itself.</summary>
    Loopback,

    /// <summary>None that a machine on the Internet has: unspecified, for documents and tests, multicast, or not given out.</summary>
    Reserved,
}
