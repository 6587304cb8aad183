namespace ActorLoad.Host.Cli;

/// <summary>What the program ends with; scripts and CI jobs depend on these.</summary>
internal static class ExitCodes
{
    public const int Passed = 0;
    public const int Failed = 1;
    public const int Usage = 2;
    public const int ThresholdsCrossed = 99;
    public const int Interrupted = 130;
}
