using System.Diagnostics;
using Transcode.Engine.Workers;
using Span = System.Diagnostics.Activity;

namespace Appliance.Telemetry;

/// <summary>Spans of what the box does for a request, down to the worker; they cost nothing while nobody exports them.</summary>
internal static class BoxTraces
{
    public const string Name = "Appliance";

    private static readonly ActivitySource Source = new(Name);

    /// <summary>Begins the span of something that is made; under the request that first asked for it.</summary>
    /// <param name="order">What.</param>
    /// <param name="part">As its key names it, <c>init</c> or a segment's number.</param>
    /// <returns>Null where nobody exports.</returns>
    public static Span? Making(WorkOrder order, string part) =>
        Source.StartActivity("make")?.SetTag("appliance.work", WorkNames.Of(order)).SetTag("appliance.part", part);

    /// <summary>Tells afterwards what the worker did, as it reported it.</summary>
    /// <param name="making">The span it belongs to; null where nobody exports.</param>
    /// <param name="report">The worker's.</param>
    public static void Worked(Span? making, WorkReport report)
    {
        if (making is null)
        {
            return;
        }

        using Span? work = Source.StartActivity("work", ActivityKind.Internal, making.Context, startTime: report.StartedAt);
        work?.SetTag("appliance.encoder", report.Encoder)
            .SetTag("appliance.frames", report.Frames)
            .SetTag("appliance.pixels.in", report.PixelsIn)
            .SetTag("appliance.pixels.out", report.PixelsOut)
            .SetTag("appliance.bytes.in", report.BytesIn)
            .SetTag("appliance.bytes.out", report.BytesOut)
            .SetTag("appliance.cpu_us", report.CpuMicroseconds)
            .SetEndTime(report.StartedAt.UtcDateTime.AddMicroseconds(report.ElapsedMicroseconds));
    }

    /// <summary>Says that what was made was not, and why.</summary>
    public static void Failed(Span? making, Exception exception) =>
        making?.SetStatus(ActivityStatusCode.Error, exception is OperationCanceledException ? "Nobody wants it any more." : exception.Message);
}
