namespace Appliance.Fuzz;

/// <summary>An input was refused, as it should be, in a way that is told from others.</summary>
internal sealed class RefusedException(string outcome) : Exception(outcome);
