namespace Appliance.Admission;

/// <summary>What is made or waits before an order of a certain urgency gets its turn.</summary>
/// <param name="Orders">Segments of pictures, those under way included.</param>
/// <param name="Work">Of one worker, for all of them; what was not measured yet counts as nothing.</param>
internal readonly record struct Backlog(int Orders, TimeSpan Work);
