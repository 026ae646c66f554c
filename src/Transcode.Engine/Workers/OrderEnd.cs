namespace Transcode.Engine.Workers;

/// <summary>How an order on a worker ended: with a report, or with why there is none.</summary>
internal readonly record struct OrderEnd(WorkItem Item, WorkReport? Report, Exception? Failure);
