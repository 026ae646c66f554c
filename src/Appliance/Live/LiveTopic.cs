using Appliance.Access;

namespace Appliance.Live;

/// <summary>Something of the box that changes while people look at it.</summary>
/// <param name="Name">As in the API.</param>
/// <param name="Wants">What a caller must be allowed to hear of it: the same as of the endpoints that tell it.</param>
/// <param name="State">Something that equals what it was before where nothing has changed. It is asked four times a second while somebody listens, so it
/// reads what is in memory, and waits for nothing.</param>
internal sealed record LiveTopic(string Name, Scope Wants, Func<object?> State);
