using Transcode.Engine.Media;
using Transcode.Engine.Segments;

namespace Transcode.Engine.Workers;

/// <summary>What a worker is at: one order, or the rungs of one decode. The session's lock guards which orders it has.</summary>
/// <param name="first">The order it began with.</param>
/// <param name="segment">What further orders may join; null where none can.</param>
internal sealed class WorkInHand(OrderMessage first, VideoSegment? segment) : IDisposable
{
    private readonly Dictionary<int, CancellationTokenSource> orders = [];

    public OrderMessage First { get; } = first;

    /// <summary>Owned.</summary>
    public VideoSegment? Segment { get; } = segment;

    /// <summary>Whether every order was answered.</summary>
    public bool IsAnswered => orders.Count == 0;

    /// <returns>Cancelled when the order is.</returns>
    public CancellationToken Add(int order)
    {
        var cancellation = new CancellationTokenSource();
        orders.Add(order, cancellation);
        return cancellation.Token;
    }

    public void Remove(int order)
    {
        if (orders.Remove(order, out CancellationTokenSource? cancellation))
        {
            cancellation.Dispose();
        }
    }

    /// <summary>An order that was answered meanwhile has nothing to cancel.</summary>
    public void Cancel(int order) => orders.GetValueOrDefault(order)?.Cancel();

    /// <summary>Whether an order is for the pictures in hand.</summary>
    public bool Shares(in OrderMessage order) =>
        Segment is not null
        && order.Fingerprint == First.Fingerprint
        && order.Length == First.Length
        && order.Order is SegmentOrder more
        && VideoSegment.Share((SegmentOrder)First.Order, more);

    public void Dispose()
    {
        Segment?.Dispose();
        foreach (CancellationTokenSource cancellation in orders.Values)
        {
            cancellation.Dispose();
        }
    }
}
