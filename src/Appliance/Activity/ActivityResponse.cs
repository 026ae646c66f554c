using Appliance.Playback;
using Transcode.Engine.Workers;

namespace Appliance.Activity;

/// <summary>What the box is doing now.</summary>
internal sealed record ActivityResponse(PoolStatus Pool, FlightStatus Making, StoreStatus Cache);
