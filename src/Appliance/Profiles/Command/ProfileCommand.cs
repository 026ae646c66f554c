using System.Text.RegularExpressions;
using Appliance.Hardware;
using Appliance.Jobs.Batch;
using Appliance.Jobs.Command;
using Appliance.Startup;
using Appliance.Storage;
using Appliance.Yaml;
using Transcode.Engine.Workers;

namespace Appliance.Profiles.Command;

/// <summary>The verb <c>profile</c>: what is known of classes of machines, and what this box has to add.</summary>
internal static partial class ProfileCommand
{
    private const string Usage =
        """
        appliance profile list                  the profiles there are, and which of them this box is of
        appliance profile export [--out FILE]   what ./run probe measured here, as a profile to share
        appliance profile check FILE…           say what is wrong with profiles, with the line

          --out FILE             its name is the profile's: a-z, 0-9 and dashes, .yaml   (default: to standard output, named this-box)
          --data DIR             where what was found is kept   (default $APPLIANCE_DATA, else ~/.local/share/appliance)

        Profiles of your own in profiles/ of the data folder go before those of the same name. hardware.yaml there says what the box is not to
        find out by itself: `profile: NAME`, and `off: [h264_qsv, vaapi]` for what is not to be tried nor used.
        Exit status: 0 done; 1 it could not go on, or a checked file is no profile; 2 the command line makes no sense.
        """;

    /// <param name="arguments">What follows the verb.</param>
    /// <param name="output">For what is asked for.</param>
    /// <param name="errors">For what went wrong.</param>
    public static async Task<int> RunAsync(IReadOnlyList<string> arguments, TextWriter output, TextWriter errors) =>
        await new FileCommand(errors, "Interrupted.", stopped: "").RunAsync(async cancellationToken => arguments.ToArray() switch
        {
            [] or ["--help" or "-h", ..] or [_, "--help" or "-h"] => Tell(output, Usage),
            ["list", .. var options] => await ListAsync(Values(options, "--data"), output, cancellationToken),
            ["export", .. var options] => await ExportAsync(Values(options, "--data", "--out"), output, cancellationToken),
            ["check"] => throw new UsageException("profile check wants a file."),
            ["check", .. var files] => Check(files, output, errors),
            [var verb, ..] => throw new UsageException($"profile knows no {verb}; there are list, export and check."),
        });

    private static int Tell(TextWriter output, string text)
    {
        output.WriteLine(text);
        return 0;
    }

    private static async Task<int> ListAsync(Dictionary<string, string> values, TextWriter output, CancellationToken cancellationToken)
    {
        var data = Data(values);
        ProfileShelf shelf = ProfileShelf.Open(data.Profiles);
        ProbedBox box = await new HardwareProbe(new()).ListAsync(cancellationToken);
        (HardwareProfile Profile, string Because)? here = shelf.Match(box.Identity, OwnersHardware.Load(data.OwnersHardware).Profile);
        foreach (HardwareProfile profile in shelf.Profiles)
        {
            bool isThis = here?.Profile.Name == profile.Name;
            await output.WriteLineAsync($"{(isThis ? "*" : " ")} {profile.Name,-28} {profile.Description}{(isThis ? $"   (this box: {here!.Value.Because})" : "")}");
        }

        foreach (string fault in shelf.Faults)
        {
            await output.WriteLineAsync($"! {fault}");
        }

        if (here is null)
        {
            await output.WriteLineAsync("This box is of none of these classes: ./run profile export makes a profile of it.");
        }

        return 0;
    }

    private static async Task<int> ExportAsync(Dictionary<string, string> values, TextWriter output, CancellationToken cancellationToken)
    {
        string? path = values.GetValueOrDefault("--out");
        string name = path is null ? "this-box" : Path.GetFileNameWithoutExtension(path);
        if (!Name().IsMatch(name) || (path is not null && Path.GetExtension(path) != ".yaml"))
        {
            throw new UsageException($"--out wants a file named with a-z, 0-9 and dashes that ends in .yaml, not {Path.GetFileName(path)}.");
        }

        DataFolder data = Data(values);
        var probing = new HardwareProbeOptions();
        StoredHardware? stored = new HardwareFile(data.Hardware).Load();
        ProbedBox box = await new HardwareProbe(probing).ListAsync(cancellationToken);
        if (stored is null || stored.Key != box.Identity.Key || stored.Results.Count == 0)
        {
            throw new CommandStoppedException("Nothing was measured on this box yet, or it has changed since: ./run probe first.");
        }

        string text = ProfileExport.Text(name, box.Identity, stored.Results);
        _ = ProfileReader.Profile(text, $"{name}.yaml");
        if (path is null)
        {
            await output.WriteAsync(text);
            return 0;
        }

        try
        {
            await File.WriteAllTextAsync(path, text, cancellationToken);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw OutputException.Of(exception);
        }

        await output.WriteLineAsync($"This box's profile: {path}");
        return 0;
    }

    private static int Check(string[] files, TextWriter output, TextWriter errors)
    {
        bool isAllRight = true;
        foreach (string file in files)
        {
            try
            {
                HardwareProfile profile = ProfileReader.Profile(File.ReadAllText(file), file);
                output.WriteLine($"{file}: {profile.Name} is a profile, with {profile.Figures.Count} figures.");
            }
            catch (YamlFaultException exception)
            {
                isAllRight = false;
                exception.Faults.ToList().ForEach(errors.WriteLine);
            }
            catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
            {
                isAllRight = false;
                errors.WriteLine($"{file}: it cannot be read ({exception.Message})");
            }
        }

        return isAllRight ? 0 : 1;
    }

    private static DataFolder Data(Dictionary<string, string> values) =>
        new(CommandLine.DataFolder(values.GetValueOrDefault("--data"), Environment.GetEnvironmentVariable));

    private static Dictionary<string, string> Values(IEnumerable<string> options, params string[] known)
    {
        string[] words = [.. options.SelectMany(option => option.Split('=', 2))];
        var values = new Dictionary<string, string>();
        for (int i = 0; i < words.Length; i += 2)
        {
            values[words[i]] = !known.Contains(words[i]) ? throw new UsageException($"profile knows no {words[i]}. profile --help lists what there is.")
                : i + 1 < words.Length && words[i + 1].Length > 0 ? words[i + 1]
                : throw new UsageException($"{words[i]} wants a value.");
        }

        return values;
    }

    [GeneratedRegex("^[a-z0-9]+(-[a-z0-9]+)*$")]
    private static partial Regex Name();
}
