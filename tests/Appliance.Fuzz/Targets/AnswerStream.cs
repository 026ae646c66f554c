namespace Appliance.Fuzz.Targets;

/// <summary>A connection on which whatever is said, the same is answered, and then the other side hangs up.</summary>
/// <param name="answer">The bytes.</param>
internal sealed class AnswerStream(byte[] answer) : Stream
{
    private int _at;
    private bool _wasAsked;

    public override bool CanRead => true;

    public override bool CanSeek => false;

    public override bool CanWrite => true;

    public override long Length => throw new NotSupportedException();

    public override long Position { get => throw new NotSupportedException(); set => throw new NotSupportedException(); }

    public override void Flush()
    {
    }

    public override int Read(byte[] buffer, int offset, int count) => Take(buffer.AsSpan(offset, count));

    public override ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default) => ValueTask.FromResult(Take(buffer.Span));

    public override void Write(byte[] buffer, int offset, int count) => _wasAsked = true;

    public override ValueTask WriteAsync(ReadOnlyMemory<byte> buffer, CancellationToken cancellationToken = default)
    {
        _wasAsked = true;
        return ValueTask.CompletedTask;
    }

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();

    private int Take(Span<byte> buffer)
    {
        int count = _wasAsked ? Math.Min(buffer.Length, answer.Length - _at) : 0;
        answer.AsSpan(_at, count).CopyTo(buffer);
        _at += count;
        return count;
    }
}
