namespace Transcode.Engine.Interop.LibAv;

/// <summary>The system's FFmpeg libraries are missing or of a family without a layout table. The message names what was
/// looked for and what to install.</summary>
internal sealed class LibAvNotFoundException(string message) : Exception(message);
