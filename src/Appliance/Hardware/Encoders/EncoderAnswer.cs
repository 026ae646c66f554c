namespace Appliance.Hardware.Encoders;

/// <summary>What makes the ladder's rungs in H.264.</summary>
/// <param name="Wish">What the setting says.</param>
/// <param name="Makes">libav's name of the encoder that makes them now.</param>
/// <param name="Why">Why that one, in a sentence.</param>
/// <param name="RestsUntil">When a hardware encoder that gave an error or ended a worker is used again; null where none rests.</param>
/// <param name="IsShut">Whether one ended two workers and is left alone until it is probed again.</param>
internal sealed record EncoderAnswer(string Wish, string Makes, string Why, DateTimeOffset? RestsUntil, bool IsShut);
