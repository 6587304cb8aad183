using System.Diagnostics;

namespace ActorLoad.Program.Tests.Running;

/// <summary>The real program in a process of its own, with its output read line by line. Disposing kills it.</summary>
public sealed class ActorLoadProcess : IAsyncDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);
    private static readonly string Program = Path.Combine(AppContext.BaseDirectory, "actorload.dll");

    private readonly Process _process;
    private readonly string _commandLine;
    private readonly Task _reading;
    private readonly Task<long> _peakMemory;

    private ActorLoadProcess(ActorLoadProcessOptions options)
    {
        IReadOnlyList<string> command = [.. options.Prefix, "dotnet", Program, .. options.Arguments];
        var start = new ProcessStartInfo(command[0], command.Skip(1))
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            WorkingDirectory = options.WorkingDirectory ?? "",
        };
        foreach (var (name, value) in options.Environment)
        {
            start.Environment[name] = value;
        }

        _commandLine = string.Join(' ', options.Arguments);
        _process = Process.Start(start)!;
        _process.StandardInput.Close();
        _peakMemory = options.WatchMemory ? ProcessMemory.PeakAsync(_process.Id) : Task.FromResult(0L);
        _reading = Task.WhenAll(
            Output.ReadAsync(_process.StandardOutput, options.CloseOutputAfter),
            Errors.ReadAsync(_process.StandardError, closeAfter: null));
    }

    public LineLog Output { get; } = new();

    public LineLog Errors { get; } = new();

    public bool HasExited => _process.HasExited;

    public int Id => _process.Id;

    public static ActorLoadProcess Start(params string[] arguments) => new(new ActorLoadProcessOptions(arguments));

    public static ActorLoadProcess StartWith(ActorLoadProcessOptions options) => new(options);

    /// <summary>Starts the program and waits for its end.</summary>
    public static async Task<ProcessResult> RunAsync(params string[] arguments)
    {
        await using var process = Start(arguments);
        return await process.ExitAsync();
    }

    /// <summary>Waits until the program has ended and all it wrote was read.</summary>
    /// <exception cref="TimeoutException">It did not end within a minute; the message holds what it wrote.</exception>
    public async Task<ProcessResult> ExitAsync()
    {
        using var limit = new CancellationTokenSource(Patience);
        try
        {
            await _process.WaitForExitAsync(limit.Token);
            await _reading.WaitAsync(limit.Token);
        }
        catch (OperationCanceledException)
        {
            throw new TimeoutException($"Still running after {Patience}. {Describe()}");
        }

        return new ProcessResult(_process.ExitCode, Output.All, Errors.All, await _peakMemory);
    }

    /// <summary>Waits for the first line of standard output that the predicate accepts.</summary>
    /// <exception cref="TimeoutException">No such line within a minute, or the output ended without it.</exception>
    public async Task<string> LineAsync(Func<string, bool> accept)
    {
        using var limit = new CancellationTokenSource(Patience);
        try
        {
            return await Output.FirstAsync(accept, limit.Token)
                ?? throw new TimeoutException($"The output ended without the line. {Describe()}");
        }
        catch (OperationCanceledException)
        {
            throw new TimeoutException($"No such line within {Patience}. {Describe()}");
        }
    }

    /// <summary>SIGINT, as Ctrl-C sends it.</summary>
    public void Interrupt() => Signals.Send(_process.Id, Signals.Interrupt);

    /// <summary>SIGKILL.</summary>
    public void Kill() => _process.Kill(entireProcessTree: true);

    /// <summary>SIGTERM.</summary>
    public void Terminate() => Signals.Send(_process.Id, Signals.Terminate);

    /// <summary>SIGSTOP: nothing of it runs any more.</summary>
    public void Freeze() => Signals.Send(_process.Id, Signals.Stop);

    /// <summary>SIGCONT.</summary>
    public void Thaw() => Signals.Send(_process.Id, Signals.Continue);

    public async ValueTask DisposeAsync()
    {
        if (!_process.HasExited)
        {
            _process.Kill(entireProcessTree: true);
            await _process.WaitForExitAsync();
        }

        await _reading;
        await _peakMemory;
        _process.Dispose();
    }

    private string Describe() =>
        $"actorload {_commandLine}\n--- stdout\n{string.Join('\n', Output.All)}\n--- stderr\n{string.Join('\n', Errors.All)}";
}
