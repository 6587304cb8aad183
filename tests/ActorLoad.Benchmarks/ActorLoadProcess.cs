using System.Diagnostics;
using System.Globalization;
using System.Runtime.InteropServices;

namespace ActorLoad.Benchmarks;

/// <summary>The real program as a process of its own, with what the kernel says about it.</summary>
internal sealed class ActorLoadProcess : IDisposable
{
    private readonly Process _process;

    private ActorLoadProcess(Process process) => _process = process;

    public StreamReader Output => _process.StandardOutput;

    public static ActorLoadProcess Start(params string[] arguments)
    {
        var start = new ProcessStartInfo("dotnet") { RedirectStandardOutput = true };
        start.ArgumentList.Add(Path.Combine(AppContext.BaseDirectory, "actorload.dll"));
        foreach (var argument in arguments)
        {
            start.ArgumentList.Add(argument);
        }

        return new ActorLoadProcess(Process.Start(start)!);
    }

    /// <summary>User and system time of the whole process so far.</summary>
    public TimeSpan Cpu
    {
        get
        {
            _process.Refresh();
            return _process.TotalProcessorTime;
        }
    }

    /// <summary>Resident memory in bytes.</summary>
    public long Resident => Status("VmRSS");

    /// <summary>The highest it has been.</summary>
    public long HighestResident => Status("VmHWM");

    public async Task<int> WaitAsync(TimeSpan atMost)
    {
        await _process.WaitForExitAsync(new CancellationTokenSource(atMost).Token);
        return _process.ExitCode;
    }

    /// <summary>SIGINT, as Ctrl-C sends it.</summary>
    public void Interrupt() => Kill(_process.Id, 2);

    public void Dispose()
    {
        if (!_process.HasExited)
        {
            _process.Kill();
            _process.WaitForExit();
        }

        _process.Dispose();
    }

    [DllImport("libc", EntryPoint = "kill", SetLastError = true)]
    private static extern int Kill(int processId, int signal);

    private long Status(string key)
    {
        var line = File.ReadLines($"/proc/{_process.Id}/status").First(l => l.StartsWith(key, StringComparison.Ordinal));
        return 1024 * long.Parse(line.Split(' ', StringSplitOptions.RemoveEmptyEntries)[1], CultureInfo.InvariantCulture);
    }
}
