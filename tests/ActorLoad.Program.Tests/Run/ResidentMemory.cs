using System.Globalization;

namespace ActorLoad.Program.Tests.Run;

/// <summary>Resident memory of another process, now.</summary>
internal static class ResidentMemory
{
    /// <returns>Bytes.</returns>
    public static long Of(int processId)
    {
        var line = File.ReadLines($"/proc/{processId}/status").First(l => l.StartsWith("VmRSS:", StringComparison.Ordinal));
        return long.Parse(line["VmRSS:".Length..^"kB".Length], CultureInfo.InvariantCulture) * 1024;
    }
}
