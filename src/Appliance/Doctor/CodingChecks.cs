using Appliance.Hardware;
using Appliance.Hardware.Decoders;
using Appliance.Hardware.Encoders;
using Appliance.Profiles;
using Appliance.Startup;
using Appliance.Storage;
using Transcode.Engine.Workers;

namespace Appliance.Doctor;

/// <summary>What would make the ladder's rungs and decode films, by what was found of the hardware before. Nothing is tried here, and nothing written: a box that runs may be trying it.</summary>
internal sealed class CodingChecks(ApplianceOptions options)
{
    private const string Advice = "Software does it meanwhile. ./run probe tries what there is, and says of each why not; with --encoder software and --decoder software none is asked for.";

    public async Task<IReadOnlyList<Finding>> LookAsync(CancellationToken cancellationToken)
    {
        bool isEncoderSoftware = options.Encoder.Name is EncoderWish.Software or LadderEncoder.Own, isDecoderSoftware = options.Decoder.Name == DecoderWish.Software;
        try
        {
            HardwareView? view = isEncoderSoftware && isDecoderSoftware ? null : await ReadAsync(cancellationToken);
            EncoderChoice encoder = isEncoderSoftware ? EncoderChoice.Software : EncoderChoice.Of(options.Encoder, view!);
            DecoderChoice decoder = isDecoderSoftware ? DecoderChoice.Software : DecoderChoice.Of(options.Decoder, view!);
            return
            [
                Of("encoder", encoder.Why, isEncoderSoftware || encoder.Encoder is not null),
                Of("decoder", decoder.Why, isDecoderSoftware || decoder.Paths.Count > 0),
            ];
        }
        catch (Exception exception) when (exception is TranscodeException or UsageException or IOException or UnauthorizedAccessException)
        {
            return [Finding.Doubtful("hardware", $"What this box has cannot be found out: {exception.Message}", Advice)];
        }
    }

    private static Finding Of(string about, string why, bool isAsWished) => isAsWished ? Finding.Fine(about, why) : Finding.Doubtful(about, why, Advice);

    private async Task<HardwareView> ReadAsync(CancellationToken cancellationToken)
    {
        // It is made by the first start.
        DataFolder? data = Directory.Exists(options.DataFolder) ? new(options.DataFolder) : null;
        OwnersHardware wishes = data is null ? OwnersHardware.None : OwnersHardware.Load(data.OwnersHardware);
        var probing = new HardwareProbeOptions();
        return await new HardwareSurvey(new(probing), probing, new(data?.Hardware ?? ""), wishes).ReadAsync(cancellationToken);
    }
}
