using Appliance.Startup;

namespace Appliance.Hardware.Encoders;

/// <summary>What makes a ladder's rungs, as people say it.</summary>
/// <param name="Name"><see cref="Software"/>, <see cref="Auto"/>, or libav's name of a hardware encoder.</param>
internal sealed record EncoderWish(string Name)
{
    public const string Software = "software";

    public const string Auto = "auto";

    public const string Usage = "software, auto (a hardware encoder that passed all of its probe), or the name of one, as h264_vaapi";

    private const int LongestName = 40;

    public static EncoderWish Default { get; } = new(Software);

    /// <param name="text">What was written; null for the default.</param>
    /// <exception cref="UsageException">It makes no sense; the message is one line for a person.</exception>
    public static EncoderWish Parse(string? text) =>
        text is null ? Default
        : text.Length is > 0 and <= LongestName && text.All(letter => letter is '_' or (>= 'a' and <= 'z') || char.IsAsciiDigit(letter)) ? new(text)
        : throw new UsageException($"--encoder wants {Usage}, not {text}.");
}
