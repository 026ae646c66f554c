namespace Appliance.Webhooks;

/// <summary>Something that happened.</summary>
/// <param name="Type">The event's name.</param>
/// <param name="Subject">To what; with the type it is what the event is, whenever it is worked out.</param>
/// <param name="Data">What is told of it.</param>
internal sealed record HookItem(string Type, string Subject, HookData Data);
