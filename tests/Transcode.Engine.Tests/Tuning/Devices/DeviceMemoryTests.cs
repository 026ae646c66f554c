using System.Runtime.InteropServices;
using Transcode.Engine.Tests.Tuning.Layouts;
using Transcode.Engine.Tuning.Devices;
using Transcode.Engine.Tuning.Kernels;
using Transcode.Engine.Tuning.Layouts;
using Xunit;

namespace Transcode.Engine.Tests.Tuning.Devices;

[Collection(OpenClCollection.Name)]
public sealed unsafe class DeviceMemoryTests
{
    /// <summary>There and back, by memory that is shared and by pinned memory, whichever the device has of its own.</summary>
    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void Picture_SentAndBroughtBack_IsTheSame(bool shared)
    {
        DeviceContext context = TestDevice.Context();
        PixelLayout layout = PixelLayout.Named("nv12")!;
        using DeviceQueue queue = context.NewQueue();
        using DevicePicture picture = DevicePicture.New(context, queue, new(layout, 37, 21), shared);
        for (int i = 0; i < 3; i++)
        {
            TestPicture sent = TestPicture.Noise(layout, 37, 21, tight: true, i);
            TestPicture brought = TestPicture.Empty(layout, 37, 21, tight: true);
            picture.Fill(queue, sent.View).Dispose();
            using (DeviceEvent fetched = picture.Fetch(queue))
            {
                fetched.Wait();
            }

            picture.Take(queue, brought.View);

            Assert.Equal(sent.Packed(), brought.Packed());
            Assert.True(brought.GapsAreUntouched());
        }
    }

    /// <summary>Somebody's own memory as a device's: kernels read it where it lies, and write it.</summary>
    [Fact]
    public void Memory_OfSomebodyElse_IsUsedAsItLies()
    {
        const int Bytes = 8192;
        DeviceContext context = TestDevice.Context();
        using DeviceQueue queue = context.NewQueue();
        var memory = (byte*)NativeMemory.AlignedAlloc(2 * Bytes, DeviceBuffer.HostAlignment);
        try
        {
            for (int i = 0; i < Bytes; i++)
            {
                memory[i] = (byte)(i * 31);
            }

            using (DeviceBuffer from = DeviceBuffer.Over(context, (nint)memory, Bytes), to = DeviceBuffer.Over(context, (nint)(memory + Bytes), Bytes))
            using (var kernel = new CopyKernel(context))
            {
                kernel.Rows(queue, new(from, 0, 128, 1, 0, 128, Bytes / 128), new(to, 0, 128, 1, 0, 128, Bytes / 128)).Dispose();
                nint start = queue.Map(to, writes: false, out DeviceEvent mapped);
                mapped.Wait();
                mapped.Dispose();

                Assert.Equal((nint)(memory + Bytes), start);
                Assert.True(new Span<byte>(memory, Bytes).SequenceEqual(new((void*)start, Bytes)));
                queue.Unmap(to, start).Dispose();
                queue.Finish();
            }

            Assert.Throws<ArgumentException>(() => DeviceBuffer.Over(context, (nint)memory + 64, Bytes));
            Assert.Throws<ArgumentException>(() => DeviceBuffer.Over(context, (nint)memory, Bytes - 1));
        }
        finally
        {
            NativeMemory.AlignedFree(memory);
        }
    }

    /// <summary>A queue begins when what it waits for in another is done.</summary>
    [Fact]
    public void Queues_ThatWaitForOneAnother_KeepTheOrder()
    {
        DeviceContext context = TestDevice.Context();
        PixelLayout layout = PixelLayout.Named("yuv420p")!;
        using DeviceQueue sending = context.NewQueue(), working = context.NewQueue(measures: true), bringing = context.NewQueue();
        using var kernel = new CopyKernel(context);
        using DevicePicture from = DevicePicture.New(context, sending, new(layout, 640, 90)), to = DevicePicture.New(context, bringing, new(layout, 640, 90));
        TestPicture sent = TestPicture.Noise(layout, 640, 90, tight: true);
        TestPicture brought = TestPicture.Empty(layout, 640, 90, tight: true);
        using DeviceEvent there = from.Fill(sending, sent.View);
        sending.Flush();
        for (int plane = 0; plane < layout.Planes; plane++)
        {
            using DeviceEvent made = kernel.Rows(working, from.Planes.Bytes(plane), to.Planes.Bytes(plane), there);
            working.Flush();
            if (plane == layout.Planes - 1)
            {
                using DeviceEvent back = to.Fetch(bringing, made);
                back.Wait();
                Assert.True(DeviceEvent.Between(made, made) >= TimeSpan.Zero);
            }
        }

        to.Take(bringing, brought.View);
        Assert.Equal(sent.Packed(), brought.Packed());
    }
}
