using Transcode.Engine.Recipes;
using Transcode.Engine.Workers;

namespace Appliance.Playback;

/// <summary>Whose work a part of a segment was, as it is counted.</summary>
/// <param name="By"><c>device</c>, <c>software</c>, or <c>both</c> where software went on in the midst of an encoder's segment.</param>
/// <param name="Reason">Why software: <c>unused</c> where no device was asked, as there is none for it, it is left alone for what it did to workers, or memory is short; <c>film</c> where the film is none for one,
/// <c>device</c> where that gave an error or rests for one, <c>pictures</c> where it gave wrong ones; <c>none</c> where the device did it.</param>
internal readonly record struct WorkShare(string By, string Reason)
{
    private const string Device = "device";
    private const string Software = "software";
    private const string None = "none";
    private const string Unused = "unused";

    /// <param name="note">What the report says of a device's decoder; null where none was thought of.</param>
    public static WorkShare Decoded(DecoderNote? note) => note switch
    {
        null => new(Software, Unused),
        { Why: null } => new(Device, None),
        { Blame: DecoderBlame.Film } => new(Software, "film"),
        { Blame: DecoderBlame.WrongPictures } => new(Software, "pictures"),
        _ => new(Software, Device),
    };

    /// <param name="recipe">Of the rung.</param>
    /// <param name="encoder">What the report says that made it: one, or a device's and its spare with a plus sign between.</param>
    public static WorkShare Encoded(VideoRecipe recipe, string encoder) =>
        recipe.EncoderDevice is null ? new(Software, Unused)
        : encoder == recipe.Encoder ? new(Device, None)
        : new(encoder.Contains('+', StringComparison.Ordinal) ? "both" : Software, Device);
}
