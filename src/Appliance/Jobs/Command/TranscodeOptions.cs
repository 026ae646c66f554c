using System.Globalization;
using Appliance.Hardware.Decoders;
using Appliance.Hardware.Encoders;
using Appliance.Jobs.Batch;
using Appliance.Startup;
using Appliance.Transcoding;
using Appliance.Tuning;
using Transcode.Engine.Recipes;
using Transcode.Engine.Workers;

namespace Appliance.Jobs.Command;

/// <summary>What <c>transcode</c> was told.</summary>
/// <param name="Input">The file.</param>
/// <param name="Output">The folder.</param>
/// <param name="Rungs">Names of rungs, or null for all.</param>
/// <param name="Codecs">Names of codecs, or null for all.</param>
/// <param name="Burn">Number of the track of subtitles to lay over the picture, or null.</param>
/// <param name="Tuning">What is done to pictures; null for nothing.</param>
/// <param name="ToneMap">How a high dynamic range is shown in the standard one.</param>
/// <param name="Device">What pictures may be made on beside the processor.</param>
/// <param name="Formats">What is written for players.</param>
/// <param name="Restart">Whether what an earlier job made there is removed first.</param>
internal sealed record TranscodeOptions(
    string Input, string Output, IReadOnlyList<string>? Rungs, IReadOnlyList<string>? Codecs, int? Burn,
    PictureTuning? Tuning, PictureToneMap ToneMap, DeviceUse Device, EncoderWish Encoder, string DataFolder, StreamFormats Formats, bool Restart)
{
    /// <summary>What decodes the film.</summary>
    public DecoderWish Decoder { get; init; } = DecoderWish.Default;

    public const string Usage =
        $"""
        appliance transcode INPUT --out DIR [options]      make all of a video at once, for any static web server

          --out DIR              folder of the result; interrupted, the same command goes on in it
          --ladder LIST          rungs to make, as 1080p,720p,480p,360p, or of a size and rate, as 960x540-1800k  (default all the source is offered in)
          --codec LIST           codecs to make, as h264                              (default all the source is offered in)
          --burn TRACK           lay subtitles of pictures over the picture, by the number of their stream; in H.264 only
          --tuning CHOICE        what is done to pictures before they are encoded: {TuningChoice.Usage}  (default auto)
          --tone-map CHOICE      how HDR is shown in the standard range: {ToneMapChoice.Usage}  (default auto)
          --gpu CHOICE           make pictures on a graphics device by OpenCL: {DeviceChoice.Usage}  (default auto)
          --encoder CHOICE       what makes the rungs in H.264: software, auto, or a hardware encoder's name (default software)
          --decoder CHOICE       what decodes the film: software, auto, or hardware decoders of a name (default software)
          --data DIR             where ./run probe keeps what it found of the hardware      (default $APPLIANCE_DATA, else ~/.local/share/appliance)
          --hls, --dash          write only HLS playlists, or only a DASH manifest    (default both, of the same segments)
          --restart              remove what an earlier job made in DIR, and begin anew

        Exit status: 0 all is made; 1 it could not go on, and the same command goes on later; 2 the command line makes no
        sense, or DIR holds another job; 3 all is made but segments that cannot be, which are named; 130 interrupted.
        """;

    /// <returns>Null where help is asked for.</returns>
    /// <exception cref="UsageException">The arguments make no sense; the message is one line for a person.</exception>
    public static TranscodeOptions? Parse(IReadOnlyList<string> arguments)
    {
        string? input = null;
        var values = new Dictionary<string, string>();
        StreamFormats formats = 0;
        bool restart = false;
        bool onlyPaths = false;
        for (int i = 0; i < arguments.Count; i++)
        {
            string argument = arguments[i];
            if (onlyPaths || argument.Length < 2 || argument[0] != '-')
            {
                input = input is null && argument.Length > 0
                    ? argument
                    : throw new UsageException("transcode takes one file.");
                continue;
            }

            (string name, string? inline) = argument.Split('=', 2) is [var left, var right] ? (left, right) : (argument, null);
            switch (name)
            {
                case "--":
                    onlyPaths = true;
                    break;
                case "--help" or "-h":
                    return null;
                case "--restart":
                    restart = true;
                    break;
                case "--hls":
                    formats |= StreamFormats.Hls;
                    break;
                case "--dash":
                    formats |= StreamFormats.Dash;
                    break;
                case "--out" or "--ladder" or "--codec" or "--burn" or "--tuning" or "--tone-map" or "--gpu" or "--encoder" or "--decoder" or "--data":
                    string value = inline ?? (++i < arguments.Count ? arguments[i] : "");
                    values[name] = value.Length > 0 ? value : throw new UsageException($"{name} wants a value.");
                    break;
                default:
                    throw new UsageException($"Unknown option {name}. transcode --help lists what there is.");
            }
        }

        EncoderWish encoder = EncoderWish.Parse(values.GetValueOrDefault("--encoder"));
        DecoderWish decoder = DecoderWish.Parse(values.GetValueOrDefault("--decoder"));
        return new(
            Path.GetFullPath(input ?? throw new UsageException("transcode wants a file: transcode INPUT --out DIR.")),
            Path.GetFullPath(values.GetValueOrDefault("--out") ?? throw new UsageException("transcode wants a folder: --out DIR.")),
            List(values.GetValueOrDefault("--ladder")),
            List(values.GetValueOrDefault("--codec")),
            values.TryGetValue("--burn", out string? burn) ? Track(burn) : null,
            TuningChoice.Parse(values.GetValueOrDefault("--tuning")),
            ToneMapChoice.Parse(values.GetValueOrDefault("--tone-map")),
            DeviceChoice.Parse(values.GetValueOrDefault("--gpu")),
            encoder,
            encoder == EncoderWish.Default && decoder == DecoderWish.Default ? "" : CommandLine.DataFolder(values.GetValueOrDefault("--data"), Environment.GetEnvironmentVariable),
            formats == 0 ? StreamFormats.Hls | StreamFormats.Dash : formats,
            restart)
        {
            Decoder = decoder,
        };
    }

    private static int Track(string text) => int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out int track)
        ? track
        : throw new UsageException("--burn wants the number of a stream, as ffprobe counts them.");

    private static string[]? List(string? text) =>
        text?.Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
}
