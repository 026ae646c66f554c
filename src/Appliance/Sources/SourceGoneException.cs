namespace Appliance.Sources;

/// <summary>The bytes of a source are not what they were; the message says how, without a path. As an
/// <see cref="IOException"/> it also tells a worker that asks for them.</summary>
public sealed class SourceGoneException(string message) : IOException(message);
