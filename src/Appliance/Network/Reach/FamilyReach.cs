using System.Net.Sockets;
using Appliance.Network.Mapping;

namespace Appliance.Network.Reach;

/// <summary>Keeps the way from outside open for one family of addresses, or closed.</summary>
internal sealed class FamilyReach(AddressFamily family, NetworkSettingsFile settings, TimeProvider time, ILogger logger) : IDisposable
{
    /// <summary>Between tries where none succeeds: doubled each time.</summary>
    private static readonly TimeSpan ShortestRest = TimeSpan.FromSeconds(5);

    private static readonly TimeSpan LongestRest = TimeSpan.FromMinutes(5);

    /// <summary>What a router may take to close the way. The host waits as long for its streams to end.</summary>
    private static readonly TimeSpan ClosingPatience = TimeSpan.FromSeconds(2);

    private readonly string _name = family == AddressFamily.InterNetwork ? "IPv4" : "IPv6";
    private volatile ReachState? _state;
    private HeldMapping? _held;
    private int _failures;
    private int _losses;
    private string? _noted;

    public ReachState State => _state ?? ReachSentences.Asking(_name);

    /// <summary>Runs until it is stopped, and closes the way then.</summary>
    public async Task RunAsync(ListeningPlace place, CancellationToken stop)
    {
        try
        {
            while (!stop.IsCancellationRequested)
            {
                Task changed = settings.Changed;
                TimeSpan rest;
                try
                {
                    rest = await TurnAsync(place, stop);
                }
                catch (Exception exception) when (exception is not OperationCanceledException)
                {
                    // Nothing that comes over a network may end this, nor the box.
                    logger.ReachFailed(exception.Message);
                    rest = LongestRest;
                }

                await Task.WhenAny(changed, Task.Delay(rest, time, stop));
            }
        }
        catch (OperationCanceledException) when (stop.IsCancellationRequested)
        {
        }

        await CloseAsync();
    }

    public void Dispose() => Forget();

    /// <returns>How long nothing has to be done, unless the owner says something else.</returns>
    private async Task<TimeSpan> TurnAsync(ListeningPlace place, CancellationToken stop)
    {
        NetworkSettings now = settings.Now;
        if (!now.Reach || place.LoopbackOnly || !place.Takes(family))
        {
            await CloseAsync();
            _state = !now.Reach ? ReachSentences.Off(_name) : place.LoopbackOnly ? ReachSentences.LoopbackOnly(_name) : ReachSentences.OtherFamily(_name, place.Address);
            return Timeout.InfiniteTimeSpan;
        }

        if (RouterTables.Find(family, place.Address) is not { } path)
        {
            Forget();
            return Failed(ReachSentences.NoWay(_name));
        }

        if (_held is { } held && (held.Path != path || held.Wish.Lease != now.Lease || held.Wish.OutsidePort != PortFor(now, place)))
        {
            await CloseAsync();
        }

        if (_held is not null)
        {
            await KeepAsync(_held, place, stop);
        }

        return _held is not null ? _held.Rest(time.GetUtcNow()) : await OpenAsync(path, now, place, stop);
    }

    private async Task<TimeSpan> OpenAsync(RouterPath path, NetworkSettings now, ListeningPlace place, CancellationToken stop)
    {
        if (_state is null or { Standing: ReachStanding.Off or ReachStanding.NotListening })
        {
            _state = ReachSentences.Asking(_name);
        }

        var wish = new MappingWish(place.Port, PortFor(now, place), null, now.Lease);
        try
        {
            (IPortMapper mapper, PortMapping mapping) = await RouterSearch.MapAsync(path, settings.Nonce, wish, time, stop);
            _held = new(mapper, path, wish, mapping, time.GetUtcNow());
            _failures = 0;
            Show(_held, place);
            return _held.Rest(time.GetUtcNow());
        }
        catch (RouterException exception)
        {
            bool direct = exception.Failure == RouterFailure.Silent && AddressKinds.KindOf(path.Own) == AddressKind.Public;
            return Failed(direct ? ReachSentences.Direct(_name, path, place) : ReachSentences.Failed(_name, path, place, exception) with { Router = path.Router.ToString() });
        }
    }

    /// <summary>Renews what is due, and looks at what is not; what the router has forgotten is forgotten here too.</summary>
    private async Task KeepAsync(HeldMapping held, ListeningPlace place, CancellationToken stop)
    {
        DateTimeOffset now = time.GetUtcNow();
        try
        {
            if (now >= held.RenewAt)
            {
                // The same port outside as was had, also where another was asked for at first.
                held.Renewed(await held.Mapper.MapAsync(held.Wish with { OutsidePort = held.Mapping.OutsidePort, Outside = held.Mapping.Outside }, stop), time.GetUtcNow());
                Show(held, place);
                return;
            }

            if (await held.Mapper.HoldsAsync(held.Mapping, stop))
            {
                return;
            }
        }
        catch (RouterException) when (now >= held.RenewAt && held.MayTryAgain(now))
        {
            return;
        }
        catch (RouterException)
        {
        }

        _losses++;
        Forget();
    }

    private void Show(HeldMapping held, ListeningPlace place)
    {
        ReachState state = ReachSentences.Made(_name, held.Path, place, held.Wish, held.Mapper.Language, held.Mapping) with
        {
            Router = held.Path.Router.ToString(),
            Language = held.Mapper.Language,
            Inside = ReachSentences.Text(held.Path.Own, place.Port),
            Outside = ReachSentences.Outside(held.Mapping),
            AskedPort = held.Wish.OutsidePort,
            Until = held.Until,
            Renewals = held.Renewals,
            Losses = _losses,
        };
        _state = state;
        if (_noted != state.Says)
        {
            _noted = state.Says;
            if (state.Standing == ReachStanding.Open)
            {
                logger.Reachable(state.Outside!, held.Mapper.Language);
            }
            else
            {
                logger.NotReachable(_name, state.Says);
            }
        }
    }

    private TimeSpan Failed(ReachState state)
    {
        _state = state with { Losses = _losses };
        if (_noted != state.Says)
        {
            _noted = state.Says;
            logger.NotReachable(_name, state.Says);
        }

        TimeSpan rest = ShortestRest * (1 << Math.Min(_failures++, 10));
        return rest < LongestRest ? rest : LongestRest;
    }

    private void Forget()
    {
        _held?.Dispose();
        _held = null;
    }

    private async Task CloseAsync()
    {
        _failures = 0;
        if (_held is not { } held)
        {
            return;
        }

        using var patience = new CancellationTokenSource(ClosingPatience);
        string outside = ReachSentences.Outside(held.Mapping)!;
        try
        {
            if (await held.Mapper.UnmapAsync(held.Mapping, patience.Token) is { } still)
            {
                logger.ClosesSoon(outside, (long)still.TotalSeconds);
            }
            else
            {
                logger.Closed(outside);
            }
        }
        catch (Exception exception) when (exception is RouterException or OperationCanceledException)
        {
            logger.LeftOpen(outside, exception is RouterException ? exception.Message : "It does not answer in time.");
        }

        _noted = null;
        Forget();
    }

    private static int PortFor(NetworkSettings now, ListeningPlace place) => now.Port ?? place.Port;
}
