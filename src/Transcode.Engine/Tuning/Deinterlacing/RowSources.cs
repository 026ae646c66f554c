using Transcode.Engine.Tuning.Planes;

namespace Transcode.Engine.Tuning.Deinterlacing;

/// <summary>The pictures a missing row is made from, each at that row.</summary>
/// <param name="Before">The picture before the current one.</param>
/// <param name="Current">The one that holds the field.</param>
/// <param name="After">The picture after it.</param>
/// <param name="Earlier">The one that holds the opposite field just before the kept one: <paramref name="Before"/> or <paramref name="Current"/>.</param>
/// <param name="Later">The one that holds the opposite field just after it.</param>
internal readonly record struct RowSources(PlanePointer Before, PlanePointer Current, PlanePointer After, PlanePointer Earlier, PlanePointer Later);
