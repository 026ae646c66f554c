namespace Transcode.Engine.Tuning.Analysis;

/// <summary>What is summed over rows, in whole numbers, so that it matters not in which order.</summary>
internal struct RowSums
{
    /// <summary>Of gradients' sizes, in sixteenths.</summary>
    public long Gradients;

    /// <summary>Of their squares, exactly.</summary>
    public long GradientSquares;

    /// <summary>Samples around which brightness hardly changes.</summary>
    public long Flat;

    /// <summary>Of stretched differences to the picture before.</summary>
    public long Changes;

    public long ChangeSquares;

    /// <summary>Samples at which bands meet, across and down.</summary>
    public long Contours;
}
