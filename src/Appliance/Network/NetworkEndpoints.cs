using System.Net.NetworkInformation;
using System.Net.Sockets;
using Appliance.Access;
using Appliance.Network.Advertising;
using Appliance.Network.Reach;
using Appliance.Problems;
using Appliance.Reference;
using Appliance.Sources;
using Appliance.Startup;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Appliance.Network;

internal static class NetworkEndpoints
{
    private const int MostInterfaces = 64;
    private const int MostAddresses = 16;

    public static void MapNetwork(this IEndpointRouteBuilder app)
    {
        app.MapMethods("/v1/network", SourceEndpoints.Reading, Show).Needs(Scope.Owner).Describe(new("Whether the home is shown the box, and how it is reached from outside")
        {
            Answers = [Answer.Json<NetworkResponse>("As it is now.")],
        });
        app.MapPut("/v1/network", Change).Needs(Scope.Owner).Describe(new("Says whether the box shall be reached from outside")
        {
            Takes = Taken.Json<NetworkRequest>("reach"),
            Answers = [Answer.Nothing("It holds; the same address tells what came of it.", StatusCodes.Status202Accepted)],
            Refuses = [507],
        });
    }

    private static NetworkResponse Show(
        ReachKeeper reach, Advertiser advertiser, NetworkSettingsFile settings, IServer server, ApplianceOptions options, HttpResponse response)
    {
        response.Headers.CacheControl = "no-store";
        ListeningPlace place = ListeningPlace.Of(server, options);
        IReadOnlyList<ReachState> paths = reach.States;
        NetworkSettings now = settings.Now;
        return new(
            $"{place.Scheme}://{(place.Address.AddressFamily == AddressFamily.InterNetworkV6 ? $"[{place.Address}]" : place.Address.ToString())}:{place.Port}",
            ReachSentences.Whole(now, place, paths),
            ReachSentences.Warnings(now, place, settings.Damage),
            now,
            advertiser.Now,
            paths,
            [.. Interfaces()]);
    }

    /// <summary>What it says holds at once and for later starts; <c>GET /v1/network</c> tells what came of it.</summary>
    private static Results<Accepted, ProblemHttpResult> Change(NetworkRequest request, NetworkSettingsFile file)
    {
        if (request.Reach is not { } wanted)
        {
            return Problem.BadRequest("reach must be true or false: whether others outside the home may reach this box.");
        }

        var settings = new NetworkSettings(wanted, request.Port, request.LeaseSeconds, request.Name);
        if (NetworkRequest.Mistake(settings) is { } mistake)
        {
            return Problem.BadRequest(mistake);
        }

        try
        {
            file.Set(settings);
            return TypedResults.Accepted("/v1/network");
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            return Problem.Of(StatusCodes.Status507InsufficientStorage, $"It cannot be written down, and nothing has changed: {exception.Message}");
        }
    }

    private static IEnumerable<InterfaceResponse> Interfaces()
    {
        NetworkInterface[] all;
        try
        {
            all = NetworkInterface.GetAllNetworkInterfaces();
        }
        catch (NetworkInformationException)
        {
            return [];
        }

        return all.Where(found => found.NetworkInterfaceType != NetworkInterfaceType.Loopback).Take(MostInterfaces).Select(found => new InterfaceResponse(
            found.Name,
            found.OperationalStatus == OperationalStatus.Up,
            [.. found.GetIPProperties().UnicastAddresses.Take(MostAddresses).Select(own => $"{own.Address}/{own.PrefixLength}")]));
    }
}
