namespace Appliance.Bench;

/// <summary>Nothing can be measured; the message is for the person who asked.</summary>
internal sealed class BenchException(string message) : Exception(message);
