using Appliance.Activity;
using Appliance.Budgets;
using Appliance.Live;
using Appliance.Settings;
using Appliance.Storage;

namespace Appliance.OwnersView;

/// <summary>What the owner's screens look at and no other feature has: what goes on, that it changed, the disk, and the settings.</summary>
internal static class OwnersViewServices
{
    public static void AddOwnersView(this IServiceCollection services)
    {
        services.AddActivity();
        services.AddLive();
        services.AddStorage();
        services.AddSettings();
    }

    public static void MapOwnersView(this IEndpointRouteBuilder app)
    {
        app.MapActivity();
        app.MapBudgets();
        app.MapLive();
        app.MapStorage();
        app.MapSettings();
    }
}
