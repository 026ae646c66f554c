namespace Transcode.Engine.Workers;

/// <summary>The other side of the pipe wrote something the protocol does not allow.</summary>
internal sealed class ProtocolException(string message) : IOException(message);
