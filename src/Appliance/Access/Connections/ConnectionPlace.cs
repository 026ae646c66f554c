using System.Net;

namespace Appliance.Access.Connections;

/// <summary>A connection among those there are. Guarded by <see cref="ConnectionPlaces"/>.</summary>
/// <param name="address">Of the other side.</param>
/// <param name="isHome">Whether that is of the home network.</param>
/// <param name="end">Ends the connection at once.</param>
internal sealed class ConnectionPlace(IPAddress address, bool isHome, Action end)
{
    public IPAddress Address => address;

    public bool IsHome => isHome;

    /// <summary>Ends the connection at once; called outside of any lock.</summary>
    public Action End => end;

    /// <summary>Requests that are being answered.</summary>
    public int Requests { get; set; }

    /// <summary>Where it stands among those that wait; null while it is being answered, and once it is gone.</summary>
    public LinkedListNode<ConnectionPlace>? Waiting { get; set; }

    public bool IsGone { get; set; }
}
