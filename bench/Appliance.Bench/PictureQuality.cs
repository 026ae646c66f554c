using System.Diagnostics;
using Transcode.Engine.Interop.LibAv;

namespace Appliance.Bench;

/// <summary>How far decoded pictures are from those that were encoded, brightness only, summed over pictures.</summary>
internal sealed class PictureQuality
{
    private const int Block = 8;
    private double squaredError;
    private double similarity;
    private long samples;
    private long blocks;

    /// <summary>Peak signal-to-noise ratio of the mean squared error, in dB.</summary>
    public double Psnr => 10 * Math.Log10(255.0 * 255 * samples / squaredError);

    /// <summary>Structural similarity (Wang et al., 2004) of 8×8 blocks, as −10·log10(1 − SSIM), in dB.</summary>
    public double Ssim => -10 * Math.Log10(1 - (similarity / blocks));

    /// <summary>Decodes with the ffmpeg program and compares.</summary>
    /// <param name="annexB">An H.264 stream with its headers.</param>
    /// <param name="pictures">What was encoded, in the order they are shown: 4:2:0, 8 bits.</param>
    public async Task AddAsync(byte[] annexB, IReadOnlyList<AvFrame> pictures)
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
        (int width, int height) = (pictures[0].Width, pictures[0].Height);
        byte[] decoded = new byte[width * height * 3 / 2];
        foreach (AvFrame picture in pictures)
        {
            await ffmpeg.StandardOutput.BaseStream.ReadExactlyAsync(decoded);
            Add(picture.Plane(0, height), picture.Stride(0), decoded, width, height);
        }

        await writing;
        await ffmpeg.WaitForExitAsync();
    }

    private void Add(ReadOnlySpan<byte> original, int stride, ReadOnlySpan<byte> decoded, int width, int height)
    {
        for (int y = 0; y < height; y++)
        {
            ReadOnlySpan<byte> a = original.Slice(y * stride, width);
            ReadOnlySpan<byte> b = decoded.Slice(y * width, width);
            long row = 0;
            for (int x = 0; x < width; x++)
            {
                int difference = a[x] - b[x];
                row += difference * difference;
            }

            squaredError += row;
        }

        samples += (long)width * height;
        for (int y = 0; y + Block <= height; y += Block)
        {
            for (int x = 0; x + Block <= width; x += Block)
            {
                similarity += Similarity(original[((y * stride) + x)..], stride, decoded[((y * width) + x)..], width);
                blocks++;
            }
        }
    }

    private static double Similarity(ReadOnlySpan<byte> a, int strideA, ReadOnlySpan<byte> b, int strideB)
    {
        const double Count = Block * Block;
        const double C1 = 0.01 * 255 * 0.01 * 255;
        const double C2 = 0.03 * 255 * 0.03 * 255;
        long sumA = 0, sumB = 0, squares = 0, products = 0;
        for (int y = 0; y < Block; y++)
        {
            for (int x = 0; x < Block; x++)
            {
                int p = a[(y * strideA) + x];
                int q = b[(y * strideB) + x];
                sumA += p;
                sumB += q;
                squares += (p * p) + (q * q);
                products += p * q;
            }
        }

        double meanA = sumA / Count;
        double meanB = sumB / Count;
        double variances = (squares / Count) - (meanA * meanA) - (meanB * meanB);
        double covariance = (products / Count) - (meanA * meanB);
        return (((2 * meanA * meanB) + C1) * ((2 * covariance) + C2)) / (((meanA * meanA) + (meanB * meanB) + C1) * (variances + C2));
    }
}
