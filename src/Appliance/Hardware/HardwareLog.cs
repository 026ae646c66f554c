namespace Appliance.Hardware;

internal static partial class HardwareLog
{
    [LoggerMessage(Level = LogLevel.Warning, Message = "Trying this box's paths ended early: {Why}")]
    public static partial void SurveyEnded(this ILogger logger, string why);

    [LoggerMessage(Level = LogLevel.Information, Message = "{Why}")]
    public static partial void EncoderChosen(this ILogger logger, string why);

    [LoggerMessage(Level = LogLevel.Warning, Message = "{Why}")]
    public static partial void EncoderNotChosen(this ILogger logger, string why);

    [LoggerMessage(Level = LogLevel.Warning, Message = "{Encoder} makes no more rungs: {Why}")]
    public static partial void EncoderShut(this ILogger logger, string encoder, string why);

    [LoggerMessage(Level = LogLevel.Information, Message = "{Why}")]
    public static partial void DecoderChosen(this ILogger logger, string why);

    [LoggerMessage(Level = LogLevel.Warning, Message = "{Why}")]
    public static partial void DecoderNotChosen(this ILogger logger, string why);

    [LoggerMessage(Level = LogLevel.Warning, Message = "{Decoder} decodes no more films: {Why}")]
    public static partial void DecoderShut(this ILogger logger, string decoder, string why);

    [LoggerMessage(Level = LogLevel.Warning, Message = "That {Encoder} is left alone cannot be kept: {Why}")]
    public static partial void CannotKeepQuarantine(this ILogger logger, string encoder, string why);
}
