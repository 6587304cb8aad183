using System.Globalization;

namespace ActorLoad.Program.Tests.Running;

/// <summary>Resident memory of another process.</summary>
internal static class ProcessMemory
{
    /// <summary>
    /// The kernel's high-water mark, in bytes, read again and again until the process is gone: the mark itself never falls, so
    /// what is read last misses at most a few milliseconds.
    /// </summary>
    public static async Task<long> PeakAsync(int processId)
    {
        using var timer = new PeriodicTimer(TimeSpan.FromMilliseconds(10));
        var peak = 0L;
        while (Read(processId) is { } now)
        {
            peak = now;
            await timer.WaitForNextTickAsync();
        }

        return peak;
    }

    private static long? Read(int processId)
    {
        try
        {
            // A process that has ended and was not waited for yet has a status without memory lines.
            var line = File.ReadLines($"/proc/{processId}/status").FirstOrDefault(l => l.StartsWith("VmHWM:", StringComparison.Ordinal));
            return line is null ? null : long.Parse(line["VmHWM:".Length..^"kB".Length], CultureInfo.InvariantCulture) * 1024;
        }
        catch (IOException)
        {
            return null;
        }
    }
}
