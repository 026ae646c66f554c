namespace Appliance.Live;

internal static class LiveServices
{
    public static void AddLive(this IServiceCollection services) =>
        services.AddSingleton(box => new LiveBoard(LiveTopics.Of(box), box.GetRequiredService<TimeProvider>()));
}
