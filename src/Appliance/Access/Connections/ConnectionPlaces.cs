using System.Net;

namespace Appliance.Access.Connections;

/// <summary>Who holds connections. Where there are too many, the one on which nothing was asked for longest makes room, a stranger's before one of home: whoever
/// opens connections and asks nothing only takes them from himself.</summary>
internal sealed class ConnectionPlaces(ConnectionLimits limits)
{
    private readonly Lock gate = new();

    /// <summary>Those that wait, the longest first.</summary>
    private readonly LinkedList<ConnectionPlace> waitingStrangers = new();

    private readonly LinkedList<ConnectionPlace> waitingHome = new();

    private readonly Dictionary<IPAddress, int> ofStrangers = [];

    private int strangers;

    private int all;

    public int Count
    {
        get
        {
            lock (gate)
            {
                return all;
            }
        }
    }

    /// <summary>Takes a place, from another if need be.</summary>
    /// <param name="address">Of the other side.</param>
    /// <param name="end">Ends the connection at once; it may be called until <see cref="Leave"/>.</param>
    /// <returns>Null where there is none: all are being answered.</returns>
    public ConnectionPlace? Enter(IPAddress address, Action end)
    {
        var place = new ConnectionPlace(address, HomeNetwork.Has(address), end);
        ConnectionPlace? displaced;
        lock (gate)
        {
            bool hasRoom = TryMakeRoom(place, out displaced);
            if (!hasRoom)
            {
                return null;
            }

            all++;
            if (!place.IsHome)
            {
                strangers++;
                ofStrangers[address] = ofStrangers.GetValueOrDefault(address) + 1;
            }

            Wait(place);
        }

        displaced?.End();
        return place;
    }

    /// <summary>A request came on it.</summary>
    public void Begin(ConnectionPlace place)
    {
        lock (gate)
        {
            if (++place.Requests == 1)
            {
                Forget(place);
            }
        }
    }

    /// <summary>A request was answered, or broke off.</summary>
    public void Finish(ConnectionPlace place)
    {
        lock (gate)
        {
            if (--place.Requests == 0 && !place.IsGone)
            {
                Wait(place);
            }
        }
    }

    /// <summary>It ended.</summary>
    public void Leave(ConnectionPlace place)
    {
        lock (gate)
        {
            Remove(place);
        }
    }

    private bool TryMakeRoom(ConnectionPlace place, out ConnectionPlace? displaced)
    {
        displaced = null;
        bool ownIsFull = !place.IsHome && ofStrangers.GetValueOrDefault(place.Address) >= limits.OfOneStranger;
        if (ownIsFull)
        {
            displaced = waitingStrangers.FirstOrDefault(other => other.Address.Equals(place.Address));
        }
        else if (!place.IsHome && strangers >= limits.Strangers)
        {
            displaced = waitingStrangers.First?.Value;
        }
        else if (all >= limits.All)
        {
            displaced = waitingStrangers.First?.Value ?? (place.IsHome ? waitingHome.First?.Value : null);
        }
        else
        {
            return true;
        }

        if (displaced is null)
        {
            return false;
        }

        Remove(displaced);
        return true;
    }

    private void Remove(ConnectionPlace place)
    {
        if (place.IsGone)
        {
            return;
        }

        place.IsGone = true;
        Forget(place);
        all--;
        if (!place.IsHome)
        {
            strangers--;
            int left = ofStrangers[place.Address] - 1;
            if (left > 0)
            {
                ofStrangers[place.Address] = left;
            }
            else
            {
                ofStrangers.Remove(place.Address);
            }
        }
    }

    private void Wait(ConnectionPlace place) => place.Waiting = (place.IsHome ? waitingHome : waitingStrangers).AddLast(place);

    private static void Forget(ConnectionPlace place)
    {
        place.Waiting?.List?.Remove(place.Waiting);
        place.Waiting = null;
    }
}
