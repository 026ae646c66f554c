using System.Diagnostics.Metrics;

namespace Appliance.Sources;

/// <summary>What is in the library, and what waits to be taken in.</summary>
internal static class SourceGauges
{
    public static void Create(IServiceProvider box, Meter meter)
    {
        SourceLibrary library = box.GetRequiredService<SourceLibrary>();
        SourceIntake intake = box.GetRequiredService<SourceIntake>();
        meter.CreateObservableGauge("appliance.sources", () => CountByState(library.All), "{source}", "Sources of the library, by what is known of them.");
        meter.CreateObservableGauge("appliance.sources.waiting", () => (long)intake.Waiting, "{file}", "Files that wait to be looked at.");
    }

    private static IEnumerable<Measurement<long>> CountByState(IReadOnlyList<Source> sources) =>
    [
        Of("ready", sources.Count(source => source.State is SourceState.Ready)),
        Of("probing", sources.Count(source => source.State is SourceState.Probing)),
        Of("refused", sources.Count(source => source.State is SourceState.Refused)),
    ];

    private static Measurement<long> Of(string state, long count) => new(count, new KeyValuePair<string, object?>("state", state));
}
