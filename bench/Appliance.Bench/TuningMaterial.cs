namespace Appliance.Bench;

/// <summary>Something to tune: a film as it was, and what became of it before it came to the box.</summary>
/// <param name="Name">For people.</param>
/// <param name="Film">The source.</param>
/// <param name="Original">As it was, frame by frame.</param>
internal sealed record TuningMaterial(string Name, string Film, string Original)
{
    private const string Seconds = "8";

    /// <summary>What is done to a clean film, as libavfilter's filters.</summary>
    private static readonly (string Name, string Filter)[] Harms =
    [
        ("clean", "null"),
        ("a little noise", "noise=alls=8:allf=t"),
        ("noise", "noise=alls=16:allf=t"),
        ("much noise", "noise=alls=32:allf=t"),
        ("a little noise in brightness alone", "noise=c0s=8:c0f=t"),
        ("a little noise in colour alone", "noise=c1s=8:c1f=t:c2s=8:c2f=t"),
        ("soft", "gblur=sigma=2"),
    ];

    /// <summary>Makes it.</summary>
    /// <param name="film">Clean.</param>
    /// <param name="folder">For what is made; emptied by the caller.</param>
    public static async Task<List<TuningMaterial>> MakeAsync(string film, string folder)
    {
        var all = new List<TuningMaterial>();
        string clean = await LosslessAsync(["-i", film], "null", folder, "original");
        foreach ((string name, string filter) in Harms)
        {
            all.Add(new(name, filter == "null" ? clean : await LosslessAsync(["-i", clean], filter, folder, name), clean));
        }

        // A slow slope, and what is left of it where a source had six bits for it. Scaled, bands are soft already.
        string[] slope = ["-f", "lavfi", "-i", "gradients=size=1280x720:rate=24:speed=0.005:seed=7:nb_colors=2:c0=0x203040:c1=0x607080"];
        string smooth = await LosslessAsync(slope, "null", folder, "slope");
        all.Add(new("banded", await LosslessAsync(["-i", smooth], "lutyuv=y='bitand(val,252)+2'", folder, "banded"), smooth));
        return all;
    }

    private static async Task<string> LosslessAsync(string[] input, string filter, string folder, string name)
    {
        string path = Path.Combine(folder, $"{name.Replace(' ', '-')}.mkv");
        ToolRun run = await Tool.RunAsync("ffmpeg",
        [
            "-y", "-nostdin", "-loglevel", "error", .. input, "-t", Seconds, "-map", "0:v", "-vf", filter, "-pix_fmt", "yuv420p",
            "-c:v", "libx264", "-preset", "ultrafast", "-qp", "0", "-g", "24", path,
        ]);
        return run.ExitCode == 0 ? path : throw new BenchException($"No film could be made: {run.Errors}");
    }
}
