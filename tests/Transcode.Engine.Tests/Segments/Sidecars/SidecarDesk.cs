using System.Text;
using Transcode.Engine.Media;
using Transcode.Engine.Recipes;
using Transcode.Engine.Segments;
using Transcode.Engine.Tests.Media;
using Transcode.Engine.Workers;
using Xunit;

namespace Transcode.Engine.Tests.Segments.Sidecars;

/// <summary>A workbench with a file of subtitles beside a film of 70 seconds, of which nothing is ever read.</summary>
internal sealed class SidecarDesk(byte[] file, string format) : IDisposable
{
    public const string Head = "WEBVTT\nX-TIMESTAMP-MAP=MPEGTS:90000,LOCAL:00:00:00.000\n";

    private static readonly SourceDescription Film = new("matroska,webm", 0, new Grid(new Rational(25, 1), 25 * 70), null, [], [], []);

    private readonly Workbench bench = new();
    private readonly FileReader reader = new(file);

    public Rendition Rendition => Ladder.For(Film)
        .WithSidecars([new(reader.Fingerprint, format, format, "de", null, TrackRoles.None)], Film.Grid).Text.Single();

    public string Segment(int index)
    {
        using var output = new MemoryStream();
        bench.Execute(
            new SegmentOrder(Film, Rendition.Recipe, index), reader, chunk => output.Write(chunk.Span), TestContext.Current.CancellationToken);
        return Encoding.UTF8.GetString(output.ToArray());
    }

    public void Dispose() => bench.Dispose();
}
