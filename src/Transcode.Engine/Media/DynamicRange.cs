namespace Transcode.Engine.Media;

/// <summary>What the code values of a picture stand for.</summary>
public enum DynamicRange
{
    /// <summary>A share of the display's own white.</summary>
    Sdr,

    /// <summary>Absolute luminance by the perceptual quantizer (SMPTE ST 2084).</summary>
    Pq,

    /// <summary>Scene light by hybrid log-gamma (ITU-R BT.2100).</summary>
    Hlg,
}

/// <summary>Dynamic ranges by libav's names.</summary>
public static class DynamicRanges
{
    /// <param name="transfer">libav's name of the transfer characteristic.</param>
    public static DynamicRange Of(string transfer) => transfer switch
    {
        "smpte2084" => DynamicRange.Pq,
        "arib-std-b67" => DynamicRange.Hlg,
        _ => DynamicRange.Sdr,
    };
}
