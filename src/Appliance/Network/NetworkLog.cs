namespace Appliance.Network;

internal static partial class NetworkLog
{
    [LoggerMessage(Level = LogLevel.Information, Message = "Reachable from outside at {Outside}, by {Language}.")]
    public static partial void Reachable(this ILogger logger, string outside, string language);

    [LoggerMessage(Level = LogLevel.Warning, Message = "Not reachable from outside over {Family}: {Why}")]
    public static partial void NotReachable(this ILogger logger, string family, string why);

    [LoggerMessage(Level = LogLevel.Information, Message = "No longer reachable from outside at {Outside}.")]
    public static partial void Closed(this ILogger logger, string outside);

    [LoggerMessage(Level = LogLevel.Information, Message = "The router did not end at once that others come in at {Outside}, but does so in {Seconds} seconds.")]
    public static partial void ClosesSoon(this ILogger logger, string outside, long seconds);

    [LoggerMessage(Level = LogLevel.Warning, Message = "The router still lets others in at {Outside}, until its lease ends: {Why}")]
    public static partial void LeftOpen(this ILogger logger, string outside, string why);

    [LoggerMessage(Level = LogLevel.Warning, Message = "Devices of the home are not shown this box: {Why}")]
    public static partial void NotAdvertised(this ILogger logger, string why);

    [LoggerMessage(Level = LogLevel.Error, Message = "Looking after the way from outside failed and goes on: {Why}")]
    public static partial void ReachFailed(this ILogger logger, string why);
}
