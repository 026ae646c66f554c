using Appliance.Yaml;

namespace Appliance.Startup;

/// <summary>The file that says how the box is started: the options of the command line by their names, and under <c>serve</c> what is served.</summary>
/// <remarks>Paths that are not absolute are below the file's folder.</remarks>
internal static class SettingsFile
{
    public const string Name = "appliance.yaml";

    private const string Serve = "serve";

    /// <param name="path">The file.</param>
    /// <param name="options">Those it may name.</param>
    /// <exception cref="UsageException">It cannot be read, or says what makes no sense: file and line, and what.</exception>
    public static OptionValues Read(string path, IReadOnlyCollection<string> options)
    {
        try
        {
            return YamlReader.Read(File.ReadAllText(path), path) is YamlMap map ? Of(map, path, options) : throw new UsageException($"{path}:1: it must be a list of names with values.");
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

    private static OptionValues Of(YamlMap map, string path, IReadOnlyCollection<string> options)
    {
        var values = new Dictionary<string, string>();
        string folder = Path.GetDirectoryName(Path.GetFullPath(path))!;
        foreach (YamlEntry entry in map.Entries.Where(entry => entry.Name != Serve))
        {
            string option = "--" + entry.Name;
            values[option] = !options.Contains(option)
                ? throw new UsageException($"{path}:{entry.Line}: there is no setting {entry.Name}.")
                : Text(entry.Value) is { Length: > 0 } text ? text
                : throw new UsageException($"{path}:{entry.Line}: {entry.Name} wants a value.");
        }

        if (map[Serve] is { } serve and not YamlList)
        {
            throw new UsageException($"{path}:{serve.Line}: serve wants a list of files and folders, a line each after a dash.");
        }

        return new(values, [.. map.List(Serve).Select(item => Path.Combine(folder, (item as YamlScalar)?.Text ?? throw new UsageException($"{path}:{item.Line}: this must be a file or folder.")))]);
    }

    /// <summary>Lists and maps as the command line has them: <c>a,b</c> and <c>a=1,b=2</c>. Null where it is something else.</summary>
    private static string? Text(YamlNode value) => value switch
    {
        YamlScalar scalar => scalar.Text,
        YamlList list when list.Items.All(item => item is YamlScalar) => string.Join(',', list.Items.Cast<YamlScalar>().Select(item => item.Text)),
        YamlMap map when map.Entries.All(entry => entry.Value is YamlScalar) => string.Join(',', map.Entries.Select(entry => $"{entry.Name}={((YamlScalar)entry.Value).Text}")),
        _ => null,
    };
}
