namespace Appliance.Rewards.Log.Witnesses;

/// <summary>A witness does not cosign.</summary>
/// <param name="message">Why, a sentence for the owner; the same as long as it is for the same reason.</param>
/// <param name="inner">What was behind it.</param>
internal sealed class WitnessTroubleException(string message, Exception? inner = null) : Exception(message, inner)
{
    /// <summary>Whether it saw another log under this box's key.</summary>
    public bool IsFork { get; init; }
}
