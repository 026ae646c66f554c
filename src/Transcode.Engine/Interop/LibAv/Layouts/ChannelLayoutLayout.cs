namespace Transcode.Engine.Interop.LibAv;

/// <summary>Where the fields of AVChannelLayout lie.</summary>
internal readonly record struct ChannelLayoutLayout
{
    public required int Order { get; init; }

    public required int NbChannels { get; init; }

    /// <summary>The native-order mask, a member of the union u.</summary>
    public required int Mask { get; init; }

    public required int SizeOf { get; init; }
}
