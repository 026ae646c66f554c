using Appliance.Cmcd;
using Microsoft.AspNetCore.Http;
using Transcode.Engine.Workers;

namespace Appliance.Tests.Cmcd;

public sealed class ClientDataTests
{
    [Fact]
    public void Headers_AllFour_AreReadTogether()
    {
        ClientData data = Read(
            ("CMCD-Request", "bl=21300,dl=18500,mtp=48100,nor=\"..%2F300kbps%2Ftrack.m4v\",nrr=\"0-99\",su"),
            ("CMCD-Object", "br=3200,d=4004,ot=v,tb=6000"),
            ("CMCD-Status", "bs,rtp=15000"),
            ("CMCD-Session", "sid=\"6e2fb550-c457-11e9-bb97-0800200c9a66\""));

        Assert.Equal(
            new ClientData
            {
                Buffer = TimeSpan.FromMilliseconds(21_300),
                Deadline = TimeSpan.FromMilliseconds(18_500),
                MeasuredThroughputKbps = 48_100,
                NextObject = "../300kbps/track.m4v",
                NextRange = "0-99",
                Startup = true,
                TopBitrateKbps = 6000,
                ObjectType = "v",
                Starved = true,
                RequestedThroughputKbps = 15_000,
                Session = "6e2fb550-c457-11e9-bb97-0800200c9a66",
            },
            data);
    }

    [Fact]
    public void Query_SaysTheSame()
    {
        var context = new DefaultHttpContext();
        context.Request.QueryString = new QueryString("?CMCD=bl%3D1500%2Cnor%3D%22..%252F300kbps%252Fsegment35.m4v%22%2Csu");

        Assert.Equal(
            new ClientData { Buffer = TimeSpan.FromMilliseconds(1500), NextObject = "../300kbps/segment35.m4v", Startup = true },
            ClientDataReader.Of(context.Request));
    }

    [Fact]
    public void InnerLists_OfTheNewerVersion_GiveTheirFirstItem() => Assert.Equal(
        new ClientData { Buffer = TimeSpan.FromSeconds(2), NextObject = "6.m4s" },
        Read(("CMCD-Request", "bl=(2000;v 3000),nor=(\"6.m4s\";r=\"0-10\" \"7.m4s\"),ltc=1.5;x,e=:AAAA:,su=?0")));

    [Theory]
    [InlineData("bl")]
    [InlineData("bl=")]
    [InlineData("bl=-1")]
    [InlineData("bl=99999999999999")]
    [InlineData("bl=9999999999999999")]
    [InlineData("bl=1.5")]
    [InlineData("bl=1.")]
    [InlineData("bl=1.2345")]
    [InlineData("bl=\"1500\"")]
    [InlineData("bl=1500,")]
    [InlineData("bl=1500,,su")]
    [InlineData("bl=1500;")]
    [InlineData("bl=1500 su")]
    [InlineData("bl=(1500")]
    [InlineData("bl=(1500\"a\")")]
    [InlineData("BL=1500")]
    [InlineData("bl=1500,su=?2")]
    [InlineData("bl=1500,nor=\"unended")]
    [InlineData("bl=1500,nor=\"\\n\"")]
    [InlineData("bl=1500,nor=\"ü\"")]
    [InlineData("bl=1500,e=:unended")]
    [InlineData("bl=1500,e=?")]
    [InlineData("bl=1500,\u0000")]
    [InlineData(",")]
    public void Unreadable_IsAsGoodAsNothing(string field) =>
        Assert.Equal(ClientData.None, Read(("CMCD-Request", field)));

    [Fact]
    public void Unreadable_DoesNotTouchTheOtherFields() => Assert.Equal(
        new ClientData { Starved = true }, Read(("CMCD-Request", "bl=!"), ("CMCD-Status", "bs")));

    [Theory]
    [InlineData(4096, true)]
    [InlineData(4097, false)]
    public void Length_HasALimit(int length, bool isRead) =>
        Assert.Equal(isRead, Read(("CMCD-Request", "su,x=\"" + new string('a', length - 7) + "\"")).Startup);

    [Theory]
    [InlineData(63, true)]
    [InlineData(64, false)]
    public void Members_HaveALimit(int others, bool isRead) =>
        Assert.Equal(isRead, Read(("CMCD-Request", "su," + string.Join(',', Enumerable.Range(0, others).Select(i => $"k{i}")))).Startup);

    [Theory]
    [InlineData("", WorkPriority.Playing, null)]
    [InlineData("bl=20000", WorkPriority.Playing, 16.0)]
    [InlineData("bl=20000,dl=10000", WorkPriority.Playing, 6.0)]
    [InlineData("bl=3900", WorkPriority.Stalling, null)]
    [InlineData("bl=20000,dl=3900", WorkPriority.Stalling, null)]
    [InlineData("bl=0,su", WorkPriority.Starting, 30.0)]
    [InlineData("bl=20000,bs,su", WorkPriority.Stalling, null)]
    public void Urgency_IsWhatThePlayerFaces(string field, WorkPriority now, double? stallsAfterSeconds)
    {
        ClientData data = Read(("CMCD-Request", field));

        Assert.Equal(now, data.PriorityAfter(TimeSpan.Zero));
        Assert.Equal(stallsAfterSeconds, data.StallsAfter?.TotalSeconds);
    }

    [Fact]
    public void Urgency_GrowsWithTheWait()
    {
        ClientData data = Read(("CMCD-Request", "bl=10000"));

        Assert.Equal(WorkPriority.Playing, data.PriorityAfter(TimeSpan.FromSeconds(6)));
        Assert.Equal(WorkPriority.Stalling, data.PriorityAfter(TimeSpan.FromSeconds(6.001)));
    }

    /// <summary>On a box too small for all, others stall again and again; a newcomer's turn comes all the same.</summary>
    [Fact]
    public void Start_ThatWaited_IsAsUrgentAsAStall()
    {
        ClientData data = Read(("CMCD-Request", "bl=0,su"));

        Assert.Equal(WorkPriority.Starting, data.PriorityAfter(TimeSpan.FromSeconds(29.999)));
        Assert.Equal(WorkPriority.Stalling, data.PriorityAfter(TimeSpan.FromSeconds(30)));
    }

    private static ClientData Read(params (string Name, string Value)[] headers)
    {
        var context = new DefaultHttpContext();
        foreach ((string name, string value) in headers)
        {
            context.Request.Headers[name] = value;
        }

        return ClientDataReader.Of(context.Request);
    }
}
