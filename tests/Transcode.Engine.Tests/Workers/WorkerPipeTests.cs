using System.Globalization;
using System.IO.Pipes;
using Microsoft.Win32.SafeHandles;
using Transcode.Engine.Workers;
using Xunit;

namespace Transcode.Engine.Tests.Workers;

public sealed class WorkerPipeTests
{
    private const int Chunks = 100;
    private const int Reads = 2000;

    [Fact]
    public async Task Send_FromTwoThreads_KeepsEveryMessageWhole()
    {
        using var pipe = new AnonymousPipeServerStream(PipeDirection.In);
        using WorkerPipe worker = Over(pipe);
        byte[] piece = [.. Enumerable.Range(0, 300_000).Select(i => (byte)(i * 7))];

        Task encoder = Task.Factory.StartNew(() => Repeat(Chunks, i => worker.Send(Frames.Chunk(i, piece))), TaskCreationOptions.LongRunning);
        Task decoder = Task.Factory.StartNew(() => Repeat(Reads, i => worker.Send(Frames.Read(new(i, i, 1)))), TaskCreationOptions.LongRunning);
        (int chunks, int reads) = (0, 0);
        while (chunks + reads < Chunks + Reads)
        {
            Frame frame = Frame.Read(pipe, fromWorker: true)!.Value;
            if (frame.Kind == MessageKind.Chunk)
            {
                Assert.Equal(chunks++, new PayloadReader(frame.Payload.Span).Int32());
                Assert.True(frame.Payload.Span[4..].SequenceEqual(piece));
            }
            else
            {
                Assert.Equal(new ReadMessage(reads, reads, 1), ReadMessage.Parse(frame.Payload.Span, Reads));
                reads++;
            }

            frame.Release();
        }

        Assert.Equal((Chunks, Reads), (chunks, reads));
        await Task.WhenAll(encoder, decoder);
    }

    private static WorkerPipe Over(AnonymousPipeServerStream heardBy)
    {
        // Borrowed: the server's stream closes both ends.
        var output = new SafeFileHandle(int.Parse(heardBy.GetClientHandleAsString(), CultureInfo.InvariantCulture), ownsHandle: false);
        return new WorkerPipe(File.OpenHandle("/dev/null"), output);
    }

    private static void Repeat(int times, Action<int> act)
    {
        for (int i = 0; i < times; i++)
        {
            act(i);
        }
    }
}
