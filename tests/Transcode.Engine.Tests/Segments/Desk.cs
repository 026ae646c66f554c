using System.Text.Json;
using Transcode.Engine.Media;
using Transcode.Engine.Recipes;
using Transcode.Engine.Segments;
using Transcode.Engine.Tests.Media;
using Transcode.Engine.Workers;
using Xunit;

namespace Transcode.Engine.Tests.Segments;

/// <summary>A workbench with one source on it.</summary>
internal sealed class Desk : IDisposable
{
    private readonly Workbench bench;
    private readonly bool ownsBench;
    private readonly IByteReader source;

    public Desk(byte[] file, Workbench? shared = null, Offer? offer = null)
        : this(new FileReader(file), shared, offer)
    {
    }

    public Desk(IByteReader source, Workbench? shared = null, Offer? offer = null)
    {
        this.source = source;
        bench = shared ?? new();
        ownsBench = shared is null;
        Description = JsonSerializer.Deserialize(Execute(new ProbeOrder()), EngineJson.Default.SourceDescription)!;
        Ladder = Ladder.For(Description, offer ?? Offer.Default);
    }

    public SourceDescription Description { get; }

    public Ladder Ladder { get; }

    public Grid Grid => Description.Grid;

    public int SegmentCount => Grid.SegmentCount;

    /// <summary>The largest picture.</summary>
    public VideoRecipe Video => (VideoRecipe)Ladder.Video[0].Recipe;

    /// <summary>The picture of a rendition's name.</summary>
    public VideoRecipe Rung(string name) => (VideoRecipe)Ladder.Video.Single(rendition => rendition.Name == name).Recipe;

    /// <summary>The source's own video.</summary>
    public CopyRecipe Original => (CopyRecipe)Ladder.Video[^1].Recipe;

    public AudioRecipe Sound => (AudioRecipe)Ladder.Audio[0].Recipe;

    public static byte[] Join(params IEnumerable<byte[]> parts) => [.. parts.SelectMany(part => part)];

    public byte[] Init(Recipe recipe) => Execute(new InitOrder(Description, recipe));

    public byte[] Segment(Recipe recipe, int index) => Execute(new SegmentOrder(Description, recipe, index));

    public byte[][] Segments(Recipe recipe) => [.. Enumerable.Range(0, SegmentCount).Select(index => Segment(recipe, index))];

    /// <summary>The initialization segment and every segment.</summary>
    public byte[] Whole(Recipe recipe) => Join([Init(recipe), .. Segments(recipe)]);

    public byte[] Execute(WorkOrder order, Action<ReadOnlyMemory<byte>>? onChunk = null)
    {
        using var output = new MemoryStream();
        bench.Execute(order, source, chunk =>
        {
            output.Write(chunk.Span);
            onChunk?.Invoke(chunk);
        }, TestContext.Current.CancellationToken);
        return output.ToArray();
    }

    public void Dispose()
    {
        if (ownsBench)
        {
            bench.Dispose();
        }
    }
}
