using Appliance.Profiles;
using Appliance.Storage;
using Transcode.Engine.Workers;

namespace Appliance.Hardware;

internal static class HardwareServices
{
    public static void AddHardware(this IServiceCollection services)
    {
        services.AddSingleton(new HardwareProbeOptions());
        services.AddSingleton(provider => ProfileShelf.Open(provider.GetRequiredService<DataFolder>().Profiles));
        services.AddSingleton<HardwareBoard>();
        services.ConfigureHttpJsonOptions(json => json.SerializerOptions.TypeInfoResolverChain.Insert(0, HardwareAnswersJson.Default));
    }
}
