namespace Transcode.Engine.Tuning.Scaling;

/// <summary>How wide a machine computes, in lanes of 16 bytes. It changes the time taken, never the result.</summary>
internal enum LaneWidth
{
    /// <summary>No vectors: one sample after the other, as the arithmetic is written down.</summary>
    None,

    /// <summary>One lane, without instructions of one kind of machine.</summary>
    Plain,

    /// <summary>One lane.</summary>
    One,

    /// <summary>Two lanes: AVX2.</summary>
    Two,

    /// <summary>Four lanes: AVX-512.</summary>
    Four,
}
