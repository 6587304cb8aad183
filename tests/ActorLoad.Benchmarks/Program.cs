using ActorLoad.Benchmarks;

return args switch
{
    ["decoder", .. var options] => DecoderBenchmarks.Run(options),
    _ => Usage(),
};

static int Usage()
{
    Console.Error.WriteLine("""
        usage: dotnet run -c Release --project tests/ActorLoad.Benchmarks -- COMMAND [options]
          decoder    time and allocation per event of the SSE decoder alone (options go to BenchmarkDotNet, e.g. --job short)
        """);
    return 2;
}
