using Transcode.Engine.Interop.LibAv;
using Transcode.Engine.Media;

namespace Transcode.Engine.Movies;

/// <summary>One track of a movie being written: an encoder and its place in the container.</summary>
/// <param name="muxer">Not disposed.</param>
/// <param name="encoder">Disposed with the track.</param>
/// <param name="frameTicks">How long a frame lasts in the encoder's time base, for a packet that does not say.</param>
internal sealed class MovieTrack(Muxer muxer, Encoder encoder, int frameTicks) : IDisposable
{
    private readonly int _streamIndex = muxer.AddStream(encoder);
    private readonly AvPacket _packet = new();

    /// <summary>Encodes a frame, or at null what is left.</summary>
    public void Write(AvFrame? frame)
    {
        while (!encoder.TrySend(frame))
        {
            Drain();
        }

        Drain();
    }

    public void Dispose()
    {
        _packet.Dispose();
        encoder.Dispose();
    }

    private void Drain()
    {
        AvRational from = encoder.TimeBase;
        AvRational to = muxer.TimeBase(_streamIndex);
        Rational scale = new Rational(from.Num, from.Den) / new Rational(to.Num, to.Den);
        while (encoder.Receive(_packet) == CodecAnswer.Delivered)
        {
            _packet.StreamIndex = _streamIndex;
            _packet.Pts = _packet.Pts is long pts ? scale.RoundOf(pts) : null;
            _packet.Dts = _packet.Dts is long dts ? scale.RoundOf(dts) : null;
            _packet.Duration = scale.RoundOf(_packet.Duration > 0 ? _packet.Duration : frameTicks);
            muxer.Write(_packet);
        }
    }
}
