namespace Appliance.Hardware;

internal static partial class HardwareLog
{
    [LoggerMessage(Level = LogLevel.Warning, Message = "Trying this box's paths ended early: {Why}")]
    public static partial void SurveyEnded(this ILogger logger, string why);
}
