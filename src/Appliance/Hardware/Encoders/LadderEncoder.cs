using Appliance.Startup;
using Transcode.Engine.Hardware;
using Transcode.Engine.Media;
using Transcode.Engine.Recipes;
using Transcode.Engine.Workers;

namespace Appliance.Hardware.Encoders;

/// <summary>The encoder of this box's ladder: chosen once, when the box starts, since a film has one recipe of each rung while it runs. What ends workers is kept from one start to the
/// next with what was found of the hardware.</summary>
internal sealed class LadderEncoder : IHostedService
{
    /// <summary>The box's own encoder of H.264.</summary>
    public const string Own = "libx264";

    private readonly Lock _gate = new();
    private readonly ApplianceOptions _options;
    private readonly HardwareBoard _board;
    private readonly WorkerPool _pool;
    private readonly EncodedLadder _ladders;
    private readonly IHostApplicationLifetime _lifetime;
    private readonly ILogger<LadderEncoder> _logger;
    private Task<EncoderChoice>? _choice;

    public LadderEncoder(ApplianceOptions options, HardwareBoard board, WorkerPool pool, EncodedLadder ladders, IHostApplicationLifetime lifetime, ILogger<LadderEncoder> logger)
    {
        _options = options;
        _board = board;
        _pool = pool;
        _ladders = ladders;
        _lifetime = lifetime;
        _logger = logger;
        board.Surveyed += OnSurveyed;
        pool.Encoder.Shut += OnShut;
    }

    public Task StartAsync(CancellationToken cancellationToken)
    {
        _ = ChoiceAsync();
        return Task.CompletedTask;
    }

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    /// <summary>A source's ladder as this box makes it.</summary>
    /// <inheritdoc cref="EncodedLadder.MakeAsync"/>
    public async Task<Ladder> ApplyAsync(SourceDescription source, IByteSource bytes, Ladder ladder, WorkPriority priority, CancellationToken cancellationToken) =>
        (await ChoiceAsync().WaitAsync(cancellationToken)).Encoder is { } encoder
            ? await _ladders.MakeAsync(encoder, source, bytes, ladder, priority, cancellationToken)
            : ladder;

    public async Task<EncoderAnswer> AnswerAsync(CancellationToken cancellationToken)
    {
        EncoderChoice choice = await ChoiceAsync().WaitAsync(cancellationToken);
        EncoderStatus? status = choice.Encoder is null ? null : _pool.Encoder.Status;
        string wish = _options.Encoder.Name;
        return status?.Why is { } why ? new(wish, Own, $"{status.Codec} is not used now: {why}", status.RestsUntil, status.IsShut)
            : new(wish, choice.Encoder?.Codec ?? Own, choice.Why, null, IsShut: false);
    }

    private Task<EncoderChoice> ChoiceAsync()
    {
        lock (_gate)
        {
            return _choice ??= _options.Encoder.Name is EncoderWish.Software or Own ? Task.FromResult(EncoderChoice.Software) : Task.Run(ChooseAsync);
        }
    }

    private async Task<EncoderChoice> ChooseAsync()
    {
        EncoderChoice choice;
        try
        {
            choice = EncoderChoice.Of(_options.Encoder, await _board.ViewAsync(_lifetime.ApplicationStopping));
        }
        catch (Exception exception) when (exception is TranscodeException or OperationCanceledException or UsageException or IOException or UnauthorizedAccessException)
        {
            choice = new(null, $"Segments are made in software, because what this box has cannot be found out: {exception.Message}");
        }

        if (choice.Encoder is { } encoder)
        {
            _pool.UseEncoder(encoder);
            _logger.EncoderChosen(choice.Why);
        }
        else
        {
            _logger.EncoderNotChosen(choice.Why);
        }

        return choice;
    }

    /// <summary>What passed again may be used again.</summary>
    private void OnSurveyed(HardwareView view)
    {
        if (_pool.Encoder.Status is { } status
            && view.Results.Any(result => result is { Verdict: PathVerdict.Works, Rehearsal.Passed: true } && result.Path.Codec == status.Codec))
        {
            _pool.Encoder.Forgive();
        }
    }

    private void OnShut(string why)
    {
        if (_pool.Encoder.Status is { } status)
        {
            _logger.EncoderShut(status.Codec, why);
            _ = _board.LeaveAloneAsync(status.Codec, why);
        }
    }
}
