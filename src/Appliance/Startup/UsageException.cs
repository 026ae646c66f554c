namespace Appliance.Startup;

/// <summary>The appliance cannot start as it was told to; the message is one line for a person.</summary>
internal sealed class UsageException(string message) : Exception(message);
