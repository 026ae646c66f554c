using Appliance.Startup;
using Transcode.Engine.Hardware;
using Transcode.Engine.Workers;

namespace Appliance.Hardware.Decoders;

/// <summary>The decoders of this box's films: chosen once, when the box starts. What is found wrong of them is kept from one start to the next with what was found of the hardware.</summary>
internal sealed class LadderDecoder : IHostedService
{
    private readonly Lock _gate = new();
    private readonly ApplianceOptions _options;
    private readonly HardwareBoard _board;
    private readonly WorkerPool _pool;
    private readonly IHostApplicationLifetime _lifetime;
    private readonly ILogger<LadderDecoder> _logger;
    private Task<DecoderChoice>? _choice;

    public LadderDecoder(ApplianceOptions options, HardwareBoard board, WorkerPool pool, IHostApplicationLifetime lifetime, ILogger<LadderDecoder> logger)
    {
        _options = options;
        _board = board;
        _pool = pool;
        _lifetime = lifetime;
        _logger = logger;
        board.Surveyed += OnSurveyed;
        pool.Decoders.Shut += OnShut;
    }

    public Task StartAsync(CancellationToken cancellationToken)
    {
        _ = ChoiceAsync();
        return Task.CompletedTask;
    }

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public async Task<DecoderAnswer> AnswerAsync(CancellationToken cancellationToken)
    {
        DecoderChoice choice = await ChoiceAsync().WaitAsync(cancellationToken);
        return new(_options.Decoder.Name, choice.Why, [.. _pool.Decoders.Status.Select(UsedDecoder.Of)]);
    }

    private Task<DecoderChoice> ChoiceAsync()
    {
        lock (_gate)
        {
            return _choice ??= _options.Decoder.Name == DecoderWish.Software ? Task.FromResult(DecoderChoice.Software) : Task.Run(ChooseAsync);
        }
    }

    private async Task<DecoderChoice> ChooseAsync()
    {
        DecoderChoice choice;
        try
        {
            choice = DecoderChoice.Of(_options.Decoder, await _board.ViewAsync(_lifetime.ApplicationStopping));
        }
        catch (Exception exception) when (exception is TranscodeException or OperationCanceledException or UsageException or IOException or UnauthorizedAccessException)
        {
            choice = new([], $"Films are decoded in software, because what this box has cannot be found out: {exception.Message}");
        }

        if (choice.Paths.Count > 0)
        {
            _pool.UseDecoders(choice.Paths);
            _logger.DecoderChosen(choice.Why);
        }
        else
        {
            _logger.DecoderNotChosen(choice.Why);
        }

        return choice;
    }

    /// <summary>What passed again may be used again.</summary>
    private void OnSurveyed(HardwareView view)
    {
        foreach (PathResult passed in view.Results.Where(result => result is { Verdict: PathVerdict.Works, Rehearsal.Passed: true, Path.MayDecodeFilms: true }))
        {
            _pool.Decoders.Forgive(passed.Path);
        }
    }

    /// <summary>Not on the caller's thread, which may hold what others wait for.</summary>
    private void OnShut(CodingPath path, string why) => _ = Task.Run(async () =>
    {
        _logger.DecoderShut(path.DecoderName, why);
        await _board.LeaveAloneAsync(path, why);
    });
}
