using System.Buffers.Binary;
using System.Net;
using System.Security.Cryptography;
using System.Text;
using Appliance.Access.Links;
using Appliance.Admission;

namespace Appliance.Steering;

/// <summary>Who is led elsewhere: everybody when the box leaves, and while it is strained as large a part of those outside the home as it had better not serve.</summary>
internal sealed class SteeringRule(Strain strain, Departure departure)
{
    /// <summary>Seconds until a player asks again: so long it may take until one that is to be led elsewhere is, and so long a box that leaves waits for it.</summary>
    public const int TtlSeconds = 8;

    /// <param name="link">What is played.</param>
    /// <param name="from">Where the viewer speaks from.</param>
    /// <param name="isHome">Whether that is the home network.</param>
    public SteeringAnswer Answer(PlayLink link, IPAddress? from, bool isHome)
    {
        departure.Note();
        string[] others = [.. link.Pathways.Select(pathway => pathway.Id!)];
        bool isLed = departure.IsLeaving || (!isHome && PlaceOf(link, from) < strain.Share);
        return new(1, TtlSeconds, isLed ? [.. others, Pathway.Box] : [Pathway.Box, .. others]);
    }

    /// <summary>0 to 1, evenly, and always the same for a viewer: a part of all of them is those below it.</summary>
    public static double PlaceOf(PlayLink link, IPAddress? from) =>
        BinaryPrimitives.ReadUInt32BigEndian(SHA256.HashData(Encoding.UTF8.GetBytes($"{link.Source}\n{link.Ends.ToUnixTimeSeconds()}\n{from}"))) / (uint.MaxValue + 1.0);
}
