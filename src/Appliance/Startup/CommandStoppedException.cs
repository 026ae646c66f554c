namespace Appliance.Startup;

/// <summary>A command cannot go on. The message is one line for a person.</summary>
internal sealed class CommandStoppedException(string message) : Exception(message);
