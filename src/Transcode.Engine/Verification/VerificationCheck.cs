namespace Transcode.Engine.Verification;

/// <summary>What is looked at, in the order it is looked at.</summary>
public enum VerificationCheck
{
    /// <summary>Whether these are the bytes that were committed to.</summary>
    Commitment,

    /// <summary>Whether they are those that this engine makes, where it is the one that is named.</summary>
    Bytes,

    /// <summary>Whether they keep within the rate that the recipe promises.</summary>
    Rate,

    /// <summary>Whether they are one track of pictures in a file that opens, and nothing else.</summary>
    Container,

    /// <summary>Whether that is in the recipe's codec.</summary>
    Codec,

    /// <summary>Whether pictures have the recipe's size, square pixels and bit depth, and are shown as they are.</summary>
    Shape,

    /// <summary>Whether they are said to have the recipe's colours.</summary>
    Colors,

    /// <summary>Whether all of them decode.</summary>
    Decoding,

    /// <summary>Whether there are as many as the grid has.</summary>
    FrameCount,

    /// <summary>Whether each is shown at its grid frame.</summary>
    Times,

    /// <summary>Whether a drawn picture is nearer to its own original than to the one before or after.</summary>
    Place,

    /// <summary>Whether a drawn picture differs from its neighbour where the film moves.</summary>
    Motion,

    /// <summary>Whether drawn pictures are as near to their originals as our own encoder brings them.</summary>
    Likeness,

    /// <summary>The same of their structure.</summary>
    Structure,

    /// <summary>The same of their colour.</summary>
    Color,

    /// <summary>The same of each part of them.</summary>
    Parts,
}
