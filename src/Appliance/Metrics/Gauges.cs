using System.Diagnostics.Metrics;

namespace Appliance.Metrics;

/// <summary>Creates a feature's observable instruments.</summary>
/// <param name="box">Where what they look at is found.</param>
/// <param name="meter">The box's.</param>
internal delegate void Gauges(IServiceProvider box, Meter meter);
