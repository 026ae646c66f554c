using Appliance.Bench;

try
{
    BenchArguments arguments = BenchArguments.Parse(args);
    return arguments.Verb switch
    {
        "segment" => await SegmentBench.RunAsync(arguments),
        "start" => await StartBench.RunAsync(arguments),
        "footprint" => await FootprintBench.RunAsync(arguments),
        "lookahead" => await LookaheadBench.RunAsync(arguments),
        "parameters" => await ParametersBench.RunAsync(arguments),
        "tuning" => await TuningBench.RunAsync(arguments),
        "verify" => await VerifyBench.RunAsync(arguments, forRule: false),
        "verify-rule" => await VerifyBench.RunAsync(arguments, forRule: true),
        "players" => await PlayersBench.RunAsync(arguments),
        "load" => await LoadBench.RunAsync(arguments),
        "serve" => await ServeBench.RunAsync(arguments),
        "ladder" => await LadderBench.RunAsync(arguments),
        "floor" => await FloorBench.RunAsync(arguments),
        "scale" => await ScaleBench.RunAsync(arguments),
        "denoise" => await DenoiseBench.RunAsync(arguments),
        "tonemap" => await ToneMapBench.RunAsync(arguments),
        "kernels" => KernelsBench.Run(arguments),
        "length" => await LengthBench.RunAsync(arguments),
        _ => throw new BenchException("Say what to measure: bench/run segment, start, footprint, serve, load, players, ladder, floor, scale, denoise, tonemap, kernels, length, lookahead, parameters, tuning, verify or verify-rule."),
    };
}
catch (BenchException exception)
{
    await Console.Error.WriteLineAsync(exception.Message);
    return 1;
}
