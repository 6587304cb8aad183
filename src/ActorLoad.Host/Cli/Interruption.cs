using System.Runtime.InteropServices;

namespace ActorLoad.Host.Cli;

/// <summary>
/// Ctrl-C and SIGTERM: the first asks the work in hand to come to an end, the second ends the process at once.
/// </summary>
internal sealed class Interruption : IDisposable
{
    private readonly CancellationTokenSource _source = new();
    private readonly List<PosixSignalRegistration> _registrations = [];

    public Interruption(Action? onFirst = null)
    {
        foreach (var signal in (PosixSignal[])[PosixSignal.SIGINT, PosixSignal.SIGTERM])
        {
            _registrations.Add(PosixSignalRegistration.Create(signal, context =>
            {
                context.Cancel = true;
                if (_source.IsCancellationRequested)
                {
                    Environment.Exit(ExitCodes.Interrupted);
                }

                onFirst?.Invoke();
                _source.Cancel();
            }));
        }
    }

    public CancellationToken Token => _source.Token;

    public void Dispose()
    {
        foreach (var registration in _registrations)
        {
            registration.Dispose();
        }

        _source.Dispose();
    }
}
