using System.Diagnostics.Metrics;

namespace Appliance.Admission;

/// <summary>Who is there, and how much the box can do for them.</summary>
internal static class AdmissionGauges
{
    public static void Create(IServiceProvider box, Meter meter)
    {
        Players players = box.GetRequiredService<Players>();
        Capacity capacity = box.GetRequiredService<Capacity>();
        meter.CreateObservableGauge("appliance.players", () => (long)players.Count, "{player}", "Who had the box make pictures within the last ten seconds.");
        meter.CreateObservableGauge("appliance.slots", () => capacity.Slots, "{segment}", "Segments of pictures that can be encoded at once, all the time.");
    }
}
