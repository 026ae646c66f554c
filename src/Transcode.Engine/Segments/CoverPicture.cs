using Transcode.Engine.Interop.LibAv;
using Transcode.Engine.Media;
using Transcode.Engine.Workers;

namespace Transcode.Engine.Segments;

/// <summary>Decodes the cover art of a source that is sound only.</summary>
internal static class CoverPicture
{
    /// <summary>libav gives attached pictures before all else; in some containers they lie among the first packets.</summary>
    private const int MaxPackets = 1000;

    /// <exception cref="TranscodeException">It does not decode.</exception>
    public static AvFrame Decode(SourceReader source, CoverArt cover)
    {
        source.Reopen();
        source.Container.SelectAll();
        using var packet = new AvPacket();
        for (int i = 0; i < MaxPackets && source.Container.TryRead(packet); i++)
        {
            if (packet.StreamIndex == cover.StreamIndex)
            {
                return Decode(source.Container.Stream(cover.StreamIndex), packet);
            }
        }

        throw Undecodable();
    }

    private static AvFrame Decode(AvStream stream, AvPacket packet)
    {
        using var decoder = Decoder.Open(stream, threads: 1);
        decoder.TrySend(packet);
        decoder.TrySend(null);
        var picture = new AvFrame();
        if (decoder.Receive(picture) == CodecAnswer.Delivered)
        {
            return picture;
        }

        picture.Dispose();
        throw Undecodable();
    }

    private static TranscodeException Undecodable() =>
        new(FailureStage.Decode, FailureCause.NothingDecodes, "The cover art cannot be decoded.");
}
