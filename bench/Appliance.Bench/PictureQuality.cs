using System.Diagnostics;
using Transcode.Engine.Interop.LibAv;
using Transcode.Engine.Quality;
using Transcode.Engine.Tuning.Planes;
using Transcode.Engine.Tuning.Scaling;

namespace Appliance.Bench;

/// <summary>How far decoded pictures are from others, over all pictures: brightness, where nothing else is said.</summary>
internal sealed class PictureQuality
{
    private const int Bits = 8;
    private double squaredError;
    private double weightedError;
    private double colourError;
    private long colourSamples;
    private double similarity;
    private long samples;
    private long pictures;

    /// <summary>Peak signal-to-noise ratio of the mean squared error, in dB.</summary>
    public double Psnr => PlaneError.Psnr(squaredError, samples, Bits);

    /// <summary>Likewise, of both planes of colour.</summary>
    public double ColourPsnr => PlaneError.Psnr(colourError, colourSamples, Bits);

    /// <summary>The mean structural similarity, as −10·log10(1 − SSIM), in dB.</summary>
    public double Ssim => -10 * Math.Log10(1 - (similarity / pictures));

    /// <summary>The perceptually weighted ratio (XPSNR), in dB.</summary>
    public double Xpsnr => PlaneError.Psnr(weightedError, samples, Bits);

    /// <summary>Decodes with the ffmpeg program and compares.</summary>
    /// <param name="annexB">An H.264 stream with its headers.</param>
    /// <param name="originals">What is compared with, in the order they are shown: 4:2:0, 8 bits.</param>
    public async Task AddAsync(byte[] annexB, IReadOnlyList<AvFrame> originals)
    {
        using Process ffmpeg = Process.Start(new ProcessStartInfo(
            "ffmpeg", ["-nostdin", "-loglevel", "error", "-f", "h264", "-i", "pipe:0", "-fps_mode", "passthrough", "-f", "rawvideo", "-pix_fmt", "yuv420p", "pipe:1"])
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
        })!;
        Task writing = Task.Run(async () =>
        {
            await ffmpeg.StandardInput.BaseStream.WriteAsync(annexB);
            ffmpeg.StandardInput.Close();
        });
        var shape = new PlaneShape(originals[0].Width, originals[0].Height, Bits);
        var ssim = new Ssim(shape, PlaneScaler.Widest);
        var xpsnr = new Xpsnr(shape, secondOrder: false, PlaneScaler.Widest);
        byte[] decoded = new byte[shape.Width * shape.Height * 3 / 2];
        for (int i = 0; i < originals.Count; i++)
        {
            await ffmpeg.StandardOutput.BaseStream.ReadExactlyAsync(decoded);
            Add(shape, ssim, xpsnr, originals, i, decoded);
        }

        await writing;
        await ffmpeg.WaitForExitAsync();
    }

    private void Add(PlaneShape shape, Ssim ssim, Xpsnr xpsnr, IReadOnlyList<AvFrame> originals, int number, byte[] decoded)
    {
        PlaneView original = View(number);
        squaredError += PlaneError.Squared(shape, original.Samples, original.Pitch, decoded, shape.Width, PlaneScaler.Widest);
        weightedError += xpsnr.WeightedError(original, View(number - 1), View(number - 2), new(decoded.AsSpan(0, shape.Width * shape.Height), shape.Width));
        similarity += ssim.Of(original.Samples, original.Pitch, decoded, shape.Width) ?? 1;
        samples += (long)shape.Width * shape.Height;
        pictures++;
        AddColour(originals[number], decoded);

        PlaneView View(int picture) =>
            picture < 0 ? default : new(originals[picture].Plane(0, shape.Height), originals[picture].Stride(0));
    }

    private void AddColour(AvFrame original, byte[] decoded)
    {
        var shape = new PlaneShape((original.Width + 1) / 2, (original.Height + 1) / 2, Bits);
        int size = shape.Width * shape.Height;
        for (int plane = 1; plane <= 2; plane++)
        {
            colourError += PlaneError.Squared(
                shape, original.Plane(plane, shape.Height), original.Stride(plane), decoded.AsSpan((original.Width * original.Height) + ((plane - 1) * size), size), shape.Width, PlaneScaler.Widest);
            colourSamples += size;
        }
    }
}
