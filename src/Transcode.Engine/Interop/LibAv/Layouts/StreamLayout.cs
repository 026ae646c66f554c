namespace Transcode.Engine.Interop.LibAv;

/// <summary>Where the fields of AVStream lie; they moved after 5.x, when av_class became its first field.</summary>
internal readonly record struct StreamLayout
{
    public required int Index { get; init; }

    public required int Id { get; init; }

    /// <summary>AVCodecParameters pointer.</summary>
    public required int Codecpar { get; init; }

    public required int TimeBase { get; init; }

    public required int StartTime { get; init; }

    public required int Duration { get; init; }

    /// <summary>0 when unknown.</summary>
    public required int NbFrames { get; init; }

    /// <summary>AV_DISPOSITION_ bits.</summary>
    public required int Disposition { get; init; }

    /// <summary>AVDiscard.</summary>
    public required int Discard { get; init; }

    public required int SampleAspectRatio { get; init; }

    public required int Metadata { get; init; }

    public required int AvgFrameRate { get; init; }

    public required int RFrameRate { get; init; }

    /// <summary>An embedded AVPacket.</summary>
    public required int AttachedPic { get; init; }

    /// <summary>Up to 7.x, deprecated from 6.1 on; later families hold it in codecpar->coded_side_data.</summary>
    public required int SideData { get; init; }

    /// <summary>Goes with SideData.</summary>
    public required int NbSideData { get; init; }
}
