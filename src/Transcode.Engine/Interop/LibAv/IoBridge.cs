using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace Transcode.Engine.Interop.LibAv;

/// <summary>Reads bytes at an offset into the whole of a buffer as far as they reach; 0 only at the end.</summary>
internal delegate int ReadAt(long offset, Span<byte> buffer);

/// <summary>Takes bytes written at an offset.</summary>
internal delegate void WriteAt(long offset, ReadOnlySpan<byte> data);

/// <summary>An AVIOContext over managed callbacks: how libav reads a source without opening anything. Exceptions do not
/// cross native frames: they are kept and rethrown by <see cref="ThrowIfFaulted"/>.</summary>
internal sealed unsafe class IoBridge : IDisposable
{
    private const int BufferBytes = 64 * 1024;
    private const int SeekSet = 0;
    private const int SeekCurrent = 1;
    private const int SeekEnd = 2;
    private const int SeekForce = 0x20000;

    private readonly ReadAt? read;
    private readonly WriteAt? write;
    private readonly GCHandle self;
    private nint context;
    private long position;
    private long length;
    private Exception? fault;

    private IoBridge(ReadAt? read, WriteAt? write, long length)
    {
        this.read = read;
        this.write = write;
        this.length = length;
        self = GCHandle.Alloc(this);
        nint buffer = AvUtil.av_malloc(BufferBytes);
        context = buffer == 0 ? 0 : AvFormat.avio_alloc_context(
            buffer, BufferBytes, write is null ? 0 : 1, GCHandle.ToIntPtr(self), &OnRead, &OnWrite, &OnSeek);
        if (context == 0)
        {
            AvUtil.av_freep(ref buffer);
            self.Free();
            throw new AvException(AvError.ENOMEM, "avio_alloc_context");
        }
    }

    internal nint Pointer => context;

    public static IoBridge ForReading(ReadAt read, long length) => new(read, null, length);

    public static IoBridge ForWriting(WriteAt write) => new(null, write, 0);

    /// <summary>Hands buffered output to the callback.</summary>
    public void Flush() => AvFormat.avio_flush(context);

    /// <summary>Rethrows what a callback threw since the last call.</summary>
    public void ThrowIfFaulted()
    {
        if (Interlocked.Exchange(ref fault, null) is { } exception)
        {
            throw exception is OperationCanceledException canceled
                ? new OperationCanceledException(canceled.Message, canceled, canceled.CancellationToken)
                : new IOException(exception.Message, exception);
        }
    }

    public void Dispose()
    {
        if (context == 0)
        {
            return;
        }

        // libav may have replaced the buffer: free the one it holds now.
        nint buffer = NativeMemoryView.Read<nint>(context, LibAv.Layout.IoContext.Buffer);
        AvUtil.av_freep(ref buffer);
        AvFormat.avio_context_free(ref context);
        self.Free();
    }

    private static IoBridge Of(nint opaque) => (IoBridge)GCHandle.FromIntPtr(opaque).Target!;

    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
    private static int OnRead(nint opaque, byte* buffer, int count)
    {
        IoBridge bridge = Of(opaque);
        try
        {
            int got = bridge.read!(bridge.position, new Span<byte>(buffer, count));
            bridge.position += got;
            return got == 0 ? AvError.EOF : got;
        }
        catch (Exception exception)
        {
            bridge.fault = exception;
            return exception is OperationCanceledException ? AvError.EXIT : AvError.EIO;
        }
    }

    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
    private static int OnWrite(nint opaque, byte* buffer, int count)
    {
        IoBridge bridge = Of(opaque);
        try
        {
            bridge.write!(bridge.position, new ReadOnlySpan<byte>(buffer, count));
            bridge.position += count;
            bridge.length = Math.Max(bridge.length, bridge.position);
            return count;
        }
        catch (Exception exception)
        {
            bridge.fault = exception;
            return AvError.EIO;
        }
    }

    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
    private static long OnSeek(nint opaque, long offset, int whence)
    {
        IoBridge bridge = Of(opaque);
        long target = (whence & ~SeekForce) switch
        {
            AvFormat.AVSEEK_SIZE => -1,
            SeekSet => offset,
            SeekCurrent => bridge.position + offset,
            SeekEnd => bridge.length + offset,
            _ => -1,
        };
        if ((whence & ~SeekForce) == AvFormat.AVSEEK_SIZE)
        {
            return bridge.length;
        }

        if (target < 0)
        {
            return AvError.EINVAL;
        }

        bridge.position = target;
        return target;
    }
}
