using Appliance.Metrics;

namespace Appliance.Admission;

internal static class AdmissionServices
{
    public static IServiceCollection AddAdmission(this IServiceCollection services)
    {
        services.AddSingleton<Capacity>();
        services.AddSingleton<Players>();
        services.AddSingleton<Refusals>();
        services.AddSingleton<Strain>();
        services.AddSingleton<Starts>();
        services.AddSingleton<AdmissionRule>();
        services.AddGauges(AdmissionGauges.Create);
        return services;
    }
}
