namespace Appliance.Webhooks;

/// <summary>What is sent, as the Standard Webhooks specification has it.</summary>
/// <param name="Type">The event's name.</param>
/// <param name="Timestamp">When the box noticed.</param>
/// <param name="Data">What it is about.</param>
internal sealed record HookBody(string Type, DateTimeOffset Timestamp, HookData Data);
