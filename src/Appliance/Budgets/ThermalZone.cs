namespace Appliance.Budgets;

/// <summary>A place whose temperature the hardware tells.</summary>
/// <param name="Name">As <c>thermal_zone0</c>.</param>
/// <param name="Kind">As <c>x86_pkg_temp</c>.</param>
/// <param name="Celsius">Now.</param>
/// <param name="ThrottleCelsius">The lowest trip point at which something slows down or switches off; null where none is told.</param>
internal sealed record ThermalZone(string Name, string Kind, double Celsius, double? ThrottleCelsius);
