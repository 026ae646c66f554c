namespace Transcode.Engine.Tuning.Denoise;

/// <summary>How much a sample may change with time and still be taken for the same, in code values.</summary>
/// <param name="OfOne">From the sample to its counterpart in one other picture, 0 to 65,535.</param>
/// <param name="OfSum">Of the sum of these to one side, from the nearest picture on, 0 to 65,534.</param>
internal readonly record struct TemporalThresholds(int OfOne, int OfSum);
