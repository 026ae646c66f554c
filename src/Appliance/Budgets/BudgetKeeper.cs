using System.Globalization;
using Appliance.Admission;
using Transcode.Engine.Hardware;
using Transcode.Engine.Workers;

namespace Appliance.Budgets;

/// <summary>Looks at clock, temperatures and power every two seconds, and has the pool work accordingly.</summary>
internal sealed partial class BudgetKeeper(
    BoxBudget first, BoxAllowance begun, WorkerPool pool, PoolSize size, Capacity capacity, TimeProvider time, ILogger<BudgetKeeper> logger) : BackgroundService
{
    /// <summary>A package warms up within seconds, and a segment is made in about as many.</summary>
    public static readonly TimeSpan Between = TimeSpan.FromSeconds(2);

    /// <summary>What is worth a line in the log.</summary>
    private const double Noted = 0.25;

    private readonly PowerMeter _meter = new(new BoxFiles("/", first.Sysfs), time);
    private BoxBudget _budget = first;
    private BoxAllowance _allowance = begun;
    private PowerReading? _drawn;
    private double _heat = 1;
    private double _power = 1;
    private double _said = 1;
    private volatile BudgetReport? _report;

    /// <summary>Of the last look.</summary>
    public BudgetReport Report => _report ?? Look();

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        while (true)
        {
            Look();
            await Task.Delay(Between, time, stoppingToken);
        }
    }

    /// <summary>From now on, keeps these.</summary>
    /// <param name="next">Of the same folder of devices as the first.</param>
    /// <param name="within">What the system lets have of it.</param>
    public void Obey(BoxBudget next, BoxAllowance within)
    {
        lock (_meter)
        {
            WorkerPoolOptions workers = within.Pool;
            pool.Resize(workers.Slots, workers.SpareWorkers, workers.Cores, workers.RunMemoryBytes, workers.MemoryLimitBytes, workers.RecycleAfterResidentBytes);
            (_budget, _allowance, size.Now) = (next, within, workers);
            _power = next.Watts is null ? 1 : _power;
            Look();
        }
    }

    /// <summary>Looks once, and obeys.</summary>
    public BudgetReport Look()
    {
        lock (_meter)
        {
            List<string> reasons = [.. _allowance.Reasons];
            IReadOnlyList<ThermalZone> zones = ThermalZones.Read(_budget.Sysfs);
            _heat = HeatRule.Follow(_heat, Heat(zones, reasons));
            double? watts = _drawn is null ? null : _meter.WattsSince(_drawn);
            _drawn = _meter.Read();
            string? refusal = _meter.WhyNot;
            if (_budget.Watts is { } most)
            {
                _power = watts is { } drawn ? PowerRule.Follow(_power, drawn, most) : watts is null && refusal is null ? _power : 1;
                reasons.Add(refusal is { } why ? $"watts={Text(most)} cannot be kept: {why}."
                    : $"Power: {(watts is { } now ? $"{now.ToString("F1", CultureInfo.InvariantCulture)} W" : "not measured yet")} of {Text(most)} W; {Percent(_power)} of the work.");
            }

            bool quiet = _budget.Quiet?.Contains(TimeOnly.FromDateTime(time.GetLocalNow().DateTime)) ?? false;
            double cores = quiet && _budget.QuietCores is { } few ? Math.Min(1, (double)few / _allowance.Pool.Slots) : 1;
            if (quiet)
            {
                reasons.Add($"Quiet hours, {_budget.Quiet}: nothing is made ahead or for jobs{(_budget.QuietCores is { } used ? $", and {used} cores work" : "")}.");
            }

            double share = Math.Min(Math.Min(_heat, _power), cores);
            capacity.Share = share;
            pool.Obey(new(share, quiet ? WorkPriority.Playing : WorkPriority.Background));
            Note(share, reasons[^1]);
            return _report = new(share, _allowance.Cores, _allowance.Pool.Slots, _allowance.Memory.TotalBytes, _allowance.Memory.RunBytes, watts, zones, quiet, reasons);
        }
    }

    /// <summary>What the hottest zone allows, by its own throttle point or the owner's word, whichever is lower.</summary>
    private double Heat(IReadOnlyList<ThermalZone> zones, List<string> reasons)
    {
        double allowed = 1;
        foreach (ThermalZone zone in zones)
        {
            double? limit = zone.ThrottleCelsius is { } point && _budget.Celsius is { } own ? Math.Min(point, own + HeatRule.LeastFromBelow)
                : zone.ThrottleCelsius ?? (_budget.Celsius + HeatRule.LeastFromBelow);
            double share = limit is { } throttle ? HeatRule.Share(zone.Celsius, throttle) : 1;
            if (share < 1)
            {
                reasons.Add($"{zone.Name} ({zone.Kind}) has {Text(zone.Celsius)} °C, and {Text(limit!.Value)} °C is where it would throttle or may not get: {Percent(share)} of the work.");
            }

            allowed = Math.Min(allowed, share);
        }

        if (zones.Count == 0)
        {
            reasons.Add(_budget.Celsius is null ? "This machine shows no temperatures." : $"celsius={Text(_budget.Celsius.Value)} cannot be kept: this machine shows no temperatures.");
        }
        else if (_budget.Celsius is null && zones.All(zone => zone.ThrottleCelsius is null))
        {
            reasons.Add("The thermal zones tell no throttle point: celsius=N would keep a temperature.");
        }

        return allowed;
    }

    private void Note(double share, string reason)
    {
        if (Math.Abs(share - _said) >= Noted || (share >= 1 && _said < 1))
        {
            _said = share;
            Paced(logger, share, reason);
        }
    }

    private static string Text(double value) => value.ToString("0.#", CultureInfo.InvariantCulture);

    private static string Percent(double share) => share.ToString("P0", CultureInfo.InvariantCulture);

    [LoggerMessage(Level = LogLevel.Information, Message = "The workers may use {Share:P0} of their time. {Reason}")]
    private static partial void Paced(ILogger logger, double share, string reason);
}
