using System.Net;
using Appliance.Access.Connections;

namespace Appliance.Tests.Attacks;

public sealed class ConnectionPlacesTests
{
    private static readonly IPAddress Home = IPAddress.Parse("192.168.1.5");
    private static readonly IPAddress Ann = IPAddress.Parse("203.0.113.5");
    private static readonly IPAddress Bob = IPAddress.Parse("203.0.113.6");

    private readonly ConnectionPlaces places = new(new ConnectionLimits { All = 6, Strangers = 4, OfOneStranger = 2 });
    private readonly List<string> ended = [];

    [Fact]
    public void OneStranger_WithTooMany_LosesHisOwnOldest()
    {
        Enter(Bob, "b1");
        Enter(Ann, "a1");
        Enter(Ann, "a2");
        Enter(Ann, "a3");

        Assert.Equal(["a1"], ended);
        Assert.Equal(3, places.Count);
    }

    [Fact]
    public void Strangers_TooManyTogether_LoseTheOneThatWaitsLongest()
    {
        for (int i = 0; i < 6; i++)
        {
            Enter(IPAddress.Parse($"203.0.113.{i}"), $"{i}");
        }

        Assert.Equal(["0", "1"], ended);
    }

    [Fact]
    public void Home_WhereAllAreTaken_TakesAStrangersFirst()
    {
        Enter(Home, "h1");
        Enter(Home, "h2");
        Enter(Home, "h3");
        Enter(Home, "h4");
        Enter(Ann, "a1");
        Enter(Bob, "b1");
        Enter(Home, "h5");
        Enter(Home, "h6");
        Enter(Home, "h7");

        Assert.Equal(["a1", "b1", "h1"], ended);
    }

    [Fact]
    public void Stranger_WhereHomeHasAll_GetsNone()
    {
        for (int i = 0; i < 6; i++)
        {
            Enter(Home, $"h{i}");
        }

        Assert.Null(places.Enter(Ann, () => ended.Add("a")));
        Assert.Empty(ended);
    }

    /// <summary>What is being answered is ended for nobody.</summary>
    [Fact]
    public void Connection_BeingAnswered_IsKept()
    {
        ConnectionPlace a1 = Enter(Ann, "a1");
        ConnectionPlace a2 = Enter(Ann, "a2");
        places.Begin(a1);
        places.Begin(a1);
        Enter(Ann, "a3");
        Assert.Equal(["a2"], ended);
        places.Finish(a1);
        Enter(Ann, "a4");
        Assert.Equal(["a2", "a3"], ended);
        places.Finish(a1);

        // It waits again, and behind the one that came meanwhile.
        Enter(Ann, "a5");
        Assert.Equal(["a2", "a3", "a4"], ended);
        places.Begin(a1);
        Assert.NotNull(places.Enter(Ann, () => ended.Add("a6")));
        Assert.Equal(["a2", "a3", "a4", "a5"], ended);
        Assert.Equal(2, places.Count);
        Assert.True(a2.IsGone);
    }

    [Fact]
    public void Connections_AllBeingAnswered_LeaveNoPlace()
    {
        places.Begin(Enter(Ann, "a1"));
        places.Begin(Enter(Ann, "a2"));

        Assert.Null(places.Enter(Ann, () => ended.Add("a3")));
        Assert.NotNull(places.Enter(Bob, () => ended.Add("b1")));
        Assert.Empty(ended);
    }

    [Fact]
    public void Connections_ThatEnd_GiveTheirPlacesBackOnce()
    {
        ConnectionPlace a1 = Enter(Ann, "a1");
        Enter(Ann, "a2");
        Enter(Ann, "a3");

        // It was ended, and its end is noticed later.
        places.Leave(a1);
        places.Leave(a1);
        Assert.Equal(2, places.Count);
        Enter(Bob, "b1");
        Assert.Equal(["a1"], ended);
        Assert.Equal(3, places.Count);
    }

    private ConnectionPlace Enter(IPAddress address, string name) => places.Enter(address, () => ended.Add(name))!;
}
