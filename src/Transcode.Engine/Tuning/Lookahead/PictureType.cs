namespace Transcode.Engine.Tuning.Lookahead;

/// <summary>How a picture is coded; the values are libav's AVPictureType.</summary>
internal enum PictureType
{
    /// <summary>From nothing else: where a shot begins.</summary>
    Intra = 1,

    /// <summary>From the anchor before it.</summary>
    Predicted = 2,

    /// <summary>From both sides.</summary>
    Between = 3,
}
