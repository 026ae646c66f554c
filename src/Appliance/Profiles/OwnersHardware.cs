using Appliance.Startup;
using Appliance.Yaml;
using Transcode.Engine.Hardware;

namespace Appliance.Profiles;

/// <summary>What the owner wants of the hardware, whatever is found: <c>hardware.yaml</c> of the data folder.</summary>
/// <param name="Profile">The class the box is of; null leaves it to the box.</param>
/// <param name="Off">Names of encoders and decoders, or of paths as <c>vaapi</c>, that are not to be used nor tried.</param>
internal sealed record OwnersHardware(string? Profile, IReadOnlyList<string> Off)
{
    public static OwnersHardware None { get; } = new(null, []);

    /// <exception cref="UsageException">The file is there and makes no sense: the line and what is wrong.</exception>
    public static OwnersHardware Load(string path)
    {
        try
        {
            if (!File.Exists(path))
            {
                return None;
            }

            YamlMap wishes = ProfileReader.Wishes(File.ReadAllText(path), path);
            return new(wishes.Text("profile"), [.. wishes.List("off").OfType<YamlScalar>().Select(name => name.Text)]);
        }
        catch (YamlFaultException exception)
        {
            throw new UsageException(exception.Faults[0]);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw new UsageException($"{path} cannot be read: {exception.Message}");
        }
    }

    /// <summary>Why a path is off, or null where it is not.</summary>
    public string? WhyOff(CodingPath path) =>
        Off.FirstOrDefault(name => name == path.Codec || name == path.Api) is { } name && path.IsHardware ? $"The owner's hardware.yaml says so: off has {name}." : null;
}
