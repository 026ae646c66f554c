using Appliance.Startup;

namespace Appliance.Hardware.Decoders;

/// <summary>What decodes films for the ladder, as people say it.</summary>
/// <param name="Name"><see cref="Software"/>, <see cref="Auto"/>, a way to hardware, or libav's name of a hardware decoder.</param>
internal sealed record DecoderWish(string Name)
{
    public const string Software = "software";

    public const string Auto = "auto";

    public const string Usage = "software, auto (hardware decoders that passed all of their probe), or those of one name, as vaapi or h264_cuvid";

    private const int LongestName = 40;

    public static DecoderWish Default { get; } = new(Software);

    /// <param name="text">What was written; null for the default.</param>
    /// <exception cref="UsageException">It makes no sense; the message is one line for a person.</exception>
    public static DecoderWish Parse(string? text) =>
        text is null ? Default
        : text.Length is > 0 and <= LongestName && text.All(letter => letter is '_' or '-' or (>= 'a' and <= 'z') || char.IsAsciiDigit(letter)) ? new(text)
        : throw new UsageException($"--decoder wants {Usage}, not {text}.");
}
