namespace Transcode.Engine.Workers;

/// <summary>What a message on a worker's pipe is. Up to 63 the parent speaks, from 64 the worker.</summary>
internal enum MessageKind : byte
{
    /// <summary>One piece of work, or one more rung of the segment of pictures that is in hand: id i32, gives way u8, source length i64, fingerprint length u8, fingerprint ASCII, <see
    /// cref="WorkOrder"/> JSON.</summary>
    Order = 1,

    /// <summary>request i32, status u8 (0: the bytes follow; 1: a reason in UTF-8 follows).</summary>
    Bytes = 2,

    /// <summary>order i32.</summary>
    Cancel = 3,

    /// <summary>Empty: end when the orders in hand, if any, are answered.</summary>
    Stop = 4,

    /// <summary><see cref="WorkerHello"/> JSON: the worker is warm and locked in.</summary>
    Hello = 64,

    /// <summary>request i32, offset i64, count i32.</summary>
    Read = 65,

    /// <summary>order i32, then the next bytes of the output.</summary>
    Chunk = 66,

    /// <summary>Source bytes consumed so far by all that is in hand i64.</summary>
    Progress = 67,

    /// <summary>order i32, <see cref="WorkReport"/> JSON.</summary>
    Done = 68,

    /// <summary>order i32 (0: the worker cannot start), <see cref="WorkFailure"/> JSON.</summary>
    Failed = 69,

    /// <summary>order i32: the order was given up as asked.</summary>
    Cancelled = 70,

    /// <summary>order i32: what it wanted to join has gone too far, or has rungs enough. Nothing was made of it.</summary>
    Late = 71,
}
