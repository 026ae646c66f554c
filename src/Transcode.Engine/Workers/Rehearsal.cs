using System.Buffers.Binary;
using System.Text;
using System.Text.Json;
using Transcode.Engine.Media;
using Transcode.Engine.Recipes;
using Transcode.Engine.Segments;

namespace Transcode.Engine.Workers;

/// <summary>Executes every kind of order once, on a second of picture and of sound made up in memory: what a library
/// opens or a method compiles at its first use, it does before the lock closes and before anybody waits.</summary>
internal static class Rehearsal
{
    private const int Width = 64;
    private const int Height = 64;
    private const int FrameRate = 24;
    private const int SampleRate = 48000;

    /// <summary>Files of subtitles, by format; the first is no UTF-8.</summary>
    private static readonly (string Format, string Words)[] Words =
    [
        ("srt", "1\n00:00:00,000 --> 00:00:01,000\n<i>\u00E9</i>\n"),
        ("webvtt", "WEBVTT\n\n00:00.000 --> 00:01.000\n<b>a</b>\n"),
        ("ass", "[Events]\nFormat: Layer, Start, End, Style, Text\nDialogue: 0,0:00:00.00,0:00:01.00,Default,a\n"),
        ("ttml", "<tt xmlns='http://www.w3.org/ns/ttml'><body><div><p begin='0s' end='00:00:01.000'>a</p></div></body></tt>"),
    ];

    /// <summary>Every step of tuning.</summary>
    public static readonly TuningPlan EveryKernel = new(12, 30, 16, 20);

    /// <returns>What could not be rehearsed, one line each; such orders will fail with their own reasons.</returns>
    public static List<string> Run(Workbench workbench)
    {
        var failures = new List<string>();
        foreach (byte[] film in new[] { Picture(), Sound() })
        {
            try
            {
                Perform(workbench, new MemoryByteReader(film));
            }
            catch (TranscodeException exception)
            {
                failures.Add(exception.Message);
            }
        }

        return failures;
    }

    private static void Perform(Workbench workbench, MemoryByteReader bytes)
    {
        SourceDescription? source = null;
        workbench.Execute(
            new ProbeOrder(), bytes, json => source = JsonSerializer.Deserialize(json.Span, EngineJson.Default.SourceDescription), CancellationToken.None);
        var ladder = Ladder.For(source!);
        foreach (Rendition rendition in ladder.Renditions.Concat(TrickPlay.For(source!, ladder).Renditions))
        {
            if (rendition.Recipe is not TileRecipe)
            {
                workbench.Execute(new InitOrder(source!, rendition.Recipe), bytes, _ => { }, CancellationToken.None);
            }

            workbench.Execute(new SegmentOrder(source!, rendition.Recipe, 0), bytes, _ => { }, CancellationToken.None);
        }

        if (source!.Video is not null)
        {
            VideoRecipe tuned = (VideoRecipe)ladder.Video[0].Recipe with { Tuning = PictureTuning.Of(EveryKernel) };
            workbench.Execute(new SegmentOrder(source, tuned, 0), bytes, _ => { }, CancellationToken.None);
            workbench.Execute(new TuningOrder(source, tuned, 0), bytes, _ => { }, CancellationToken.None);
            workbench.Execute(new StillOrder(source, 0, Width), bytes, _ => { }, CancellationToken.None);
            foreach ((string format, string words) in Words)
            {
                Read(workbench, source, format, new MemoryByteReader(Encoding.Latin1.GetBytes(words)));
            }
        }
    }

    /// <summary>A file of words beside a source.</summary>
    private static void Read(Workbench workbench, SourceDescription source, string format, MemoryByteReader bytes)
    {
        Ladder ladder = Ladder.For(source).WithSidecars([new(bytes.Fingerprint, format, format, null, null, TrackRoles.None)], source.Grid);
        workbench.Execute(new SegmentOrder(source, ladder.Text[^1].Recipe, 0), bytes, _ => { }, CancellationToken.None);
    }

    /// <summary>YUV4MPEG2, a grey that brightens.</summary>
    private static byte[] Picture()
    {
        using var file = new MemoryStream();
        file.Write(Encoding.ASCII.GetBytes($"YUV4MPEG2 W{Width} H{Height} F{FrameRate}:1 Ip A1:1 C420jpeg\n"));
        byte[] picture = new byte[Width * Height * 3 / 2];
        for (int frame = 0; frame < FrameRate; frame++)
        {
            Array.Fill(picture, (byte)(frame * 8));
            file.Write("FRAME\n"u8);
            file.Write(picture);
        }

        return file.ToArray();
    }

    /// <summary>A RIFF WAVE of 16-bit stereo, a saw.</summary>
    private static byte[] Sound()
    {
        const int HeaderBytes = 44;
        const int DataBytes = SampleRate * 4;
        byte[] file = new byte[HeaderBytes + DataBytes];
        "RIFF"u8.CopyTo(file);
        BinaryPrimitives.WriteInt32LittleEndian(file.AsSpan(4), HeaderBytes - 8 + DataBytes);
        "WAVEfmt "u8.CopyTo(file.AsSpan(8));
        BinaryPrimitives.WriteInt32LittleEndian(file.AsSpan(16), 16);
        BinaryPrimitives.WriteInt16LittleEndian(file.AsSpan(20), 1);
        BinaryPrimitives.WriteInt16LittleEndian(file.AsSpan(22), 2);
        BinaryPrimitives.WriteInt32LittleEndian(file.AsSpan(24), SampleRate);
        BinaryPrimitives.WriteInt32LittleEndian(file.AsSpan(28), SampleRate * 4);
        BinaryPrimitives.WriteInt16LittleEndian(file.AsSpan(32), 4);
        BinaryPrimitives.WriteInt16LittleEndian(file.AsSpan(34), 16);
        "data"u8.CopyTo(file.AsSpan(36));
        BinaryPrimitives.WriteInt32LittleEndian(file.AsSpan(40), DataBytes);
        for (int i = HeaderBytes; i < file.Length; i++)
        {
            file[i] = (byte)i;
        }

        return file;
    }
}
