using System.Text.Json;
using Appliance.Sources;
using Appliance.Startup;
using Transcode.Engine.Recipes;

namespace Appliance.Rewards.Command;

/// <summary>Rungs that a box has a device make: their recipes follow from software's and what the box says of the device. A wrong word of it gives another recipe than the records have.</summary>
internal static class DeviceRungs
{
    /// <summary>Parameter sets have some dozens of bytes.</summary>
    private const int MostText = 4096;

    /// <summary>A source with the recipes that a box makes of it.</summary>
    /// <param name="box">That says so.</param>
    /// <param name="source">As whoever looks has it.</param>
    /// <param name="cancellationToken">Ends the asking.</param>
    /// <exception cref="CommandStoppedException">The box does not answer as one does.</exception>
    public static async Task<PlayableSource> AsMadeAsync(BoxClient box, PlayableSource source, CancellationToken cancellationToken)
    {
        try
        {
            SourceDetailResponse detail = JsonSerializer.Deserialize(await box.GetAsync($"/v1/sources/{source.Id}", cancellationToken), SourcesJson.Default.SourceDetailResponse)!;
            return source with { Ladder = AsMade(source.Ladder, detail.Renditions) };
        }
        catch (Exception exception) when (exception is JsonException or ArgumentException)
        {
            throw new CommandStoppedException($"The box does not answer as one does: {exception.Message}");
        }
    }

    internal static Ladder AsMade(Ladder ladder, IEnumerable<RenditionResponse> said)
    {
        foreach (IGrouping<(string, string), RenditionResponse> device in said
            .Where(rendition => rendition.Device is { Encoder: not null, Identity: not null, ParameterSets: not null } terms && terms.Encoder.Length + terms.Identity.Length + terms.ParameterSets.Length <= MostText)
            .GroupBy(rendition => (rendition.Device!.Encoder, rendition.Device.Identity)))
        {
            Dictionary<string, string> told = device.DistinctBy(rendition => rendition.Name).ToDictionary(rendition => rendition.Name, rendition => rendition.Device!.ParameterSets);
            Dictionary<string, string?> byRecipe = ladder.Video.Where(rung => rung.Recipe is VideoRecipe).ToDictionary(rung => rung.Recipe.Id, rung => told.GetValueOrDefault(rung.Name));
            ladder = ladder.WithEncoder(new(device.Key.Item1, device.Key.Item2, null), recipe => byRecipe.GetValueOrDefault(recipe.Id));
        }

        return ladder;
    }
}
