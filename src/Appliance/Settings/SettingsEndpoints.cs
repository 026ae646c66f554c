using System.Text.Json;
using System.Text.RegularExpressions;
using Appliance.Access;
using Appliance.Problems;
using Appliance.Reference;
using Appliance.Sources;
using Appliance.Startup;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Appliance.Settings;

/// <summary>What the box was started with.</summary>
/// <remarks>The settings' file is never written here. It is a person's, with his remarks in it, and it decides who reaches the box and which files it reads: whoever took over a
/// browser must not be able to change that for good. So the box says what to write, checked, and a person writes it.</remarks>
internal static partial class SettingsEndpoints
{
    private const int LongestValue = 4096;

    public static void AddSettings(this IServiceCollection services) => services.ConfigureHttpJsonOptions(
        json => json.SerializerOptions.TypeInfoResolverChain.Insert(0, SettingsJson.Default));

    public static void MapSettings(this IEndpointRouteBuilder app)
    {
        app.MapMethods("/v1/settings", SourceEndpoints.Reading, Show).Needs(Scope.Owner).Describe(new("Every setting, its value and where it was said")
        {
            Answers = [Answer.Json<SettingsResponse>("As the box was started.")],
        });
        app.MapMethods("/v1/settings/{name}/lines", SourceEndpoints.Reading, Lines).Needs(Scope.Owner).Describe(new("What to write into the settings' file for another value")
        {
            Asks = [Asked.Path("name", "The setting's name.", "cache-quota"), Asked.Query("value", "What it should be.") with { IsNeeded = true, Example = "20G" }],
            Answers = [Answer.Json<SettingLines>("Where the value makes sense.")],
            Refuses = [404],
        });
    }

    private static Ok<SettingsResponse> Show(ApplianceOptions options, HttpResponse response)
    {
        response.Headers.CacheControl = "no-store";
        SaidSettings said = options.Said;
        Setting serve = SettingTable.Serve;
        return TypedResults.Ok(new SettingsResponse(
            said.File,
            File.Exists(said.File),
            [
                new(serve.Name, serve.Decides, serve.More, options.Paths.Count > 0 ? string.Join('\n', options.Paths) : serve.Default, serve.Default, said.ServedBy, null, InFile: true),
                .. SettingTable.All.Select(setting => Response(setting, said)),
            ]));
    }

    private static SettingResponse Response(Setting setting, SaidSettings said)
    {
        bool isSaid = said.Values.TryGetValue(setting.Option, out (string Value, SettingOrigin Origin) known);
        return new(
            setting.Name,
            setting.Decides,
            setting.More,
            isSaid ? Credentials().Replace(known.Value, "//…@") : setting.Default,
            setting.Default,
            isSaid ? known.Origin : SettingOrigin.Default,
            setting.Variable,
            setting.IsOfFile);
    }

    /// <summary>The lines that say it, where the value makes sense.</summary>
    private static Results<Ok<SettingLines>, ProblemHttpResult> Lines(string name, string? value, ApplianceOptions options, HttpResponse response)
    {
        response.Headers.CacheControl = "no-store";
        if (SettingTable.All.FirstOrDefault(setting => setting.Name == name && setting.IsOfFile) is not { } setting)
        {
            return Problem.NotFound("The settings' file has no such setting.");
        }

        if (value is not { Length: > 0 and <= LongestValue } || value.Any(char.IsControl))
        {
            return Problem.BadRequest($"value must be 1 to {LongestValue} characters.");
        }

        try
        {
            new OptionValues(new Dictionary<string, string> { [setting.Option] = value, ["--data"] = "/" }, []).Read(_ => null);
        }
        catch (UsageException exception)
        {
            return Problem.BadRequest(exception.Message);
        }

        string? before = options.Said.Values.GetValueOrDefault(setting.Option).Origin switch
        {
            SettingOrigin.CommandLine => $"the command line ({setting.Option})",
            SettingOrigin.Environment => $"the environment ({setting.Variable})",
            _ => null,
        };
        return TypedResults.Ok(new SettingLines(options.Said.File, $"{name}: {Scalar(value)}", before));
    }

    /// <summary>As YAML reads it back to the letter: in quotes, as JSON has them, where plain text might mean something.</summary>
    private static string Scalar(string value) => Plain().IsMatch(value) ? value : $"\"{JsonEncodedText.Encode(value, System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping)}\"";

    [GeneratedRegex("^[A-Za-z0-9/.][A-Za-z0-9/.,=_-]*$")]
    private static partial Regex Plain();

    /// <summary>Of an address, who signs in with what.</summary>
    [GeneratedRegex("//[^/@]*@")]
    private static partial Regex Credentials();
}
