using System.Globalization;

namespace Transcode.Engine.Interop.LibAv;

/// <summary>One filter of a chain: libavfilter's name and arguments.</summary>
internal readonly record struct FilterStep(string Name, string Arguments);

/// <summary>A libavfilter graph we own: a plain chain of pictures.</summary>
internal sealed class FilterGraph : IDisposable
{
    private nint graph;
    private readonly nint source;
    private readonly nint sink;

    private FilterGraph(nint graph, nint source, nint sink)
    {
        this.graph = graph;
        this.source = source;
        this.sink = sink;
    }

    /// <summary>Builds a chain for pictures like <paramref name="example"/>: same size, format, range and matrix.</summary>
    /// <exception cref="AvException">The chain cannot be built for such pictures.</exception>
    public static FilterGraph For(AvFrame example, IEnumerable<FilterStep> steps)
    {
        nint graph = AvFilter.avfilter_graph_alloc();
        try
        {
            // Bands of a picture scaled on several threads gain nothing here: cores are kept busy by segments side by side.
            AvError.ThrowIfNegative(AvUtil.av_opt_set(graph, "threads", "1", 0), "av_opt_set(threads)");
            nint source = Add(graph, "buffer", SourceArguments(example));
            nint last = source;
            foreach (FilterStep step in steps)
            {
                last = Link(last, Add(graph, step.Name, step.Arguments));
            }

            nint sink = Link(last, Add(graph, "buffersink", null));
            AvError.ThrowIfNegative(AvFilter.avfilter_graph_config(graph, 0), "avfilter_graph_config");
            return new(graph, source, sink);
        }
        catch
        {
            AvFilter.avfilter_graph_free(ref graph);
            throw;
        }
    }

    /// <summary>Sends one picture through a chain that gives one for each; the caller keeps its input.</summary>
    public void Apply(AvFrame input, AvFrame output)
    {
        Send(input);
        output.Clear();
        AvError.ThrowIfNegative(AvFilter.av_buffersink_get_frame(sink, output.Pointer), "av_buffersink_get_frame");
    }

    /// <summary>Hands in a picture, which the caller keeps, or null after the last.</summary>
    public void Send(AvFrame? input) => AvError.ThrowIfNegative(
        AvFilter.av_buffersrc_add_frame_flags(source, input?.Pointer ?? 0, AvFilter.AV_BUFFERSRC_FLAG_KEEP_REF),
        "av_buffersrc_add_frame_flags");

    /// <summary>Takes out the next picture, where the chain has one ready.</summary>
    public bool TryReceive(AvFrame output)
    {
        output.Clear();
        int result = AvFilter.av_buffersink_get_frame(sink, output.Pointer);
        if (result is AvError.EAGAIN or AvError.EOF)
        {
            return false;
        }

        AvError.ThrowIfNegative(result, "av_buffersink_get_frame");
        return true;
    }

    public void Dispose() => AvFilter.avfilter_graph_free(ref graph);

    private static string SourceArguments(AvFrame frame)
    {
        string arguments = string.Create(CultureInfo.InvariantCulture,
            $"video_size={frame.Width}x{frame.Height}:pix_fmt={frame.Format}:time_base=1/1000000");
        // From libavfilter 10 on, range and matrix are part of what a link negotiates.
        return LibAv.Layout.AvFilter >= 10
            ? string.Create(CultureInfo.InvariantCulture, $"{arguments}:colorspace={frame.ColorSpace}:range={frame.ColorRange}")
            : arguments;
    }

    private static nint Add(nint graph, string name, string? arguments)
    {
        nint definition = AvFilter.avfilter_get_by_name(name);
        if (definition == 0)
        {
            throw new AvException(AvError.EINVAL, $"avfilter_get_by_name({name})");
        }

        AvError.ThrowIfNegative(
            AvFilter.avfilter_graph_create_filter(out nint filter, definition, name, arguments, 0, graph),
            $"avfilter_graph_create_filter({name}={arguments})");
        return filter;
    }

    private static nint Link(nint from, nint to)
    {
        AvError.ThrowIfNegative(AvFilter.avfilter_link(from, 0, to, 0), "avfilter_link");
        return to;
    }
}
