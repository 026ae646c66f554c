using System.Globalization;
using Appliance.Startup;
using Transcode.Engine.Recipes;

namespace Appliance.Tuning;

/// <summary>How people say what is done to pictures: <c>auto</c>, <c>off</c>, or strengths, as <c>space=3.5,sharpen=20</c>.</summary>
internal static class TuningChoice
{
    public const string Usage = "auto, off, or any of time=N, space=N, colour=N, deband=N and sharpen=N";

    /// <param name="text">What was written; null for the default.</param>
    /// <returns>Null for nothing.</returns>
    /// <exception cref="UsageException">It makes no sense; the message is one line for a person.</exception>
    public static PictureTuning? Parse(string? text)
    {
        switch (text)
        {
            case null or "auto":
                return PictureTuning.Auto;
            case "off":
                return null;
        }

        TuningPlan plan = TuningPlan.None;
        foreach (string part in text.Split(','))
        {
            string[] pair = part.Split('=', 2, StringSplitOptions.TrimEntries);
            plan = pair[0] switch
            {
                "time" => plan with { TemporalQuarters = Strength(pair, 4) },
                "space" => plan with { SpatialTenths = Strength(pair, 10) },
                "colour" => plan with { CbTenths = Strength(pair, 10), CrTenths = Strength(pair, 10) },
                "deband" => plan with { DebandQuarters = Strength(pair, 4) },
                "sharpen" => plan with { SharpenHundredths = Strength(pair, 1) },
                _ => throw Senseless(text),
            };
        }

        plan = plan.WithSpatial(plan.SpatialTenths, plan.SpatialTenthsOf(1), plan.SpatialTenthsOf(2));
        return plan.IsPossible() ? PictureTuning.Of(plan) : throw new UsageException(string.Create(
            CultureInfo.InvariantCulture,
            $"--tuning: time goes from 0 to {TuningPlan.LargestTemporalQuarters / 4.0:0.##}, space and colour are 0 or from {TuningPlan.SmallestSpatialTenths / 10} to {TuningPlan.LargestSpatialTenths / 10}, deband goes to {TuningPlan.LargestDebandQuarters / 4}, sharpen to {TuningPlan.LargestSharpenHundredths}."));

        int Strength(string[] pair, int unit) =>
            pair.Length == 2 && double.TryParse(pair[1], NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out double value) && value <= 1000
                ? (int)Math.Round(value * unit)
                : throw Senseless(text);
    }

    private static UsageException Senseless(string text) => new($"--tuning wants {Usage}, as space=3.5,sharpen=20, not {text}.");
}
