using Appliance.Hardware.Decoders;
using Appliance.Hardware.Encoders;
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
        services.AddSingleton<EncodedLadder>();
        services.AddSingleton<LadderEncoder>();
        services.AddHostedService(provider => provider.GetRequiredService<LadderEncoder>());
        services.AddSingleton<LadderDecoder>();
        services.AddHostedService(provider => provider.GetRequiredService<LadderDecoder>());
        services.ConfigureHttpJsonOptions(json => json.SerializerOptions.TypeInfoResolverChain.Insert(0, HardwareAnswersJson.Default));
    }
}
