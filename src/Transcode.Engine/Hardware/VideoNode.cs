namespace Transcode.Engine.Hardware;

/// <summary>A V4L2 device.</summary>
/// <param name="Node">As <c>/dev/video11</c>.</param>
/// <param name="Name">As its driver calls it.</param>
public sealed record VideoNode(string Node, string Name);
