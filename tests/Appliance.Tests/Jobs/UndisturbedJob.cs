using Appliance.Tests.Hosting;

namespace Appliance.Tests.Jobs;

/// <summary>Twelve seconds of the made film, and all that the command <c>transcode</c> makes of them when nothing disturbs it: made
/// once, for many tests to compare with.</summary>
public sealed class UndisturbedJob : IDisposable
{
    public const int Seconds = 12;

    private readonly ScratchFolder folder = new();
    private readonly MadeFilm film;
    private readonly Lazy<Task<string>> brief;
    private readonly Lazy<Task<(string Made, string Printed)>> job;

    public UndisturbedJob(MadeFilm film)
    {
        this.film = film;
        brief = new(CutAsync);
        job = new(MakeAsync);
    }

    /// <summary>Where the film is.</summary>
    public Task<string> FilmAsync() => brief.Value;

    /// <summary>The folder that was made, for reading only, and what the command printed.</summary>
    public Task<(string Made, string Printed)> JobAsync() => job.Value;

    public void Dispose() => folder.Dispose();

    private Task<string> CutAsync() => film.BriefAsync(folder.Path, Seconds);

    private async Task<(string Made, string Printed)> MakeAsync()
    {
        string made = Path.Combine(folder.Path, "calm");
        (int code, string printed) = await House.RunAsync(House.Program, "transcode", await FilmAsync(), "--out", made);
        Assert.True(code == 0, printed);
        return (made, printed);
    }
}
