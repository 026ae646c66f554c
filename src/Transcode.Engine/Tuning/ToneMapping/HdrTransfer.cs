namespace Transcode.Engine.Tuning.ToneMapping;

/// <summary>How the pictures' code values stand for light.</summary>
internal enum HdrTransfer
{
    /// <summary>SMPTE ST 2084: of the display.</summary>
    Pq,

    /// <summary>ARIB STD-B67: of the scene, shown as on a display of <see cref="Transfer.HlgPeakNits"/>.</summary>
    Hlg,
}
