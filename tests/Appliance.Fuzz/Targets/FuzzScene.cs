using System.Diagnostics;
using System.Text;
using Transcode.Engine.Interop.LibAv;

namespace Appliance.Fuzz.Targets;

/// <summary>What targets stand on: a folder of their own, and small clips that the ffmpeg program makes.</summary>
internal sealed class FuzzScene : IDisposable
{
    private const int ClipSeconds = 2;

    private const string Words = "1\n00:00:00,200 --> 00:00:01,000\nHello <i>there</i>\n\n2\n00:00:01,100 --> 00:00:01,900\n- Who?\n- We.\n\n";

    /// <summary>Ending and what ffmpeg is told: containers and codecs that are common at home, and some that are old.</summary>
    private static readonly (string Ending, string Options)[] Kinds =
    [
        ("mp4", "-c:v libx264 -preset ultrafast -g 24 -pix_fmt yuv420p -c:a aac -c:s mov_text -movflags +faststart"),
        ("mkv", "-c:v libx264 -preset ultrafast -g 12 -pix_fmt yuv420p -c:a ac3 -c:s srt"),
        ("ts", "-c:v mpeg2video -g 12 -c:a mp2 -sn"),
        ("webm", "-c:v libvpx -deadline realtime -g 12 -c:a libopus -c:s webvtt"),
        ("avi", "-c:v mpeg4 -g 12 -c:a libmp3lame -sn"),
        ("flv", "-c:v flv1 -g 12 -c:a libmp3lame -ar 44100 -sn"),
        ("mov", "-c:v mjpeg -pix_fmt yuvj420p -c:a pcm_s16le -sn"),
        ("ogg", "-vn -sn -c:a libvorbis"),
        ("wav", "-vn -sn -c:a pcm_s16le"),
        ("mp3", "-vn -sn -c:a libmp3lame -id3v2_version 3 -metadata title=A"),
        ("hevc.mkv", "-c:v libx265 -x265-params log-level=none -preset ultrafast -pix_fmt yuv420p10le -c:a flac -c:s ass"),
        ("gif", "-an -sn -c:v gif"),
    ];

    private readonly Lazy<Dictionary<string, byte[]>> _clips;
    private readonly List<IDisposable> _held = [];
    private readonly List<string> _missing = [];

    public FuzzScene()
    {
        Folder = Directory.CreateTempSubdirectory("appliance-fuzz-").FullName;
        _clips = new(Make);
        LibAv.Load();
        AvUtil.av_log_set_level(AvUtil.AV_LOG_FATAL);
    }

    /// <summary>Removed at the end.</summary>
    public string Folder { get; }

    /// <summary>What could not be tried, a line each.</summary>
    public IReadOnlyList<string> Missing => _missing;

    /// <summary>By their endings; empty where there is no ffmpeg program.</summary>
    public IReadOnlyDictionary<string, byte[]> Clips => _clips.Value;

    /// <summary>Ends it with the scene.</summary>
    public T Hold<T>(T held)
        where T : IDisposable
    {
        _held.Add(held);
        return held;
    }

    public void Dispose()
    {
        foreach (IDisposable held in Enumerable.Reverse(_held))
        {
            held.Dispose();
        }

        Directory.Delete(Folder, recursive: true);
    }

    private Dictionary<string, byte[]> Make()
    {
        Dictionary<string, byte[]> clips = [];
        string words = Path.Combine(Folder, "words.srt");
        File.WriteAllText(words, Words, new UTF8Encoding(false));
        foreach ((string ending, string options) in Kinds)
        {
            string file = Path.Combine(Folder, $"clip.{ending}");
            string common = $"-nostdin -loglevel error -y -f lavfi -i testsrc2=size=96x64:rate=24 -f lavfi -i sine=frequency=440:sample_rate=48000 -i {words} -map 0:v -map 1:a -map 2:s -shortest -t {ClipSeconds}";
            if (TryRun("ffmpeg", $"{common} {options} {file}") && File.Exists(file))
            {
                clips[ending] = File.ReadAllBytes(file);
            }
            else
            {
                _missing.Add($"No clip of the kind {ending} could be made by the ffmpeg program: it was not tried.");
            }
        }

        return clips;
    }

    private static bool TryRun(string program, string arguments)
    {
        try
        {
            using Process process = Process.Start(new ProcessStartInfo(program, arguments) { RedirectStandardError = true })!;
            process.StandardError.ReadToEnd();
            process.WaitForExit();
            return process.ExitCode == 0;
        }
        catch (System.ComponentModel.Win32Exception)
        {
            return false;
        }
    }
}
