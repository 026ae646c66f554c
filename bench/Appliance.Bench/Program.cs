using Appliance.Bench;

try
{
    BenchArguments arguments = BenchArguments.Parse(args);
    return arguments.Verb switch
    {
        "segment" => await SegmentBench.RunAsync(arguments),
        "start" => await StartBench.RunAsync(arguments),
        "analysis" => await AnalysisBench.RunAsync(arguments),
        _ => throw new BenchException("Say what to measure: bench/run segment, start or analysis."),
    };
}
catch (BenchException exception)
{
    await Console.Error.WriteLineAsync(exception.Message);
    return 1;
}
