using System.ComponentModel;
using System.Diagnostics;
using System.Globalization;
using System.Net.Sockets;
using System.Runtime.InteropServices;

namespace ActorLoad.Program.Tests.Node.Network;

/// <summary>
/// A network namespace without a name: a process that only waits holds it, so that nothing stays behind on the machine, however
/// the tests end. That process ends with its standard input, which is the tests'.
/// </summary>
internal sealed class NetworkNamespace : IDisposable
{
    private readonly Process _holder;

    private NetworkNamespace(Process holder) => _holder = holder;

    /// <summary>The process that holds it, as <c>ip link set … netns</c> wants to know it.</summary>
    public string Holder => _holder.Id.ToString(CultureInfo.InvariantCulture);

    /// <summary>What to put before a command line to run it inside.</summary>
    public IReadOnlyList<string> Prefix => ["nsenter", $"--net={File}", "--"];

    private string File => $"/proc/{Holder}/ns/net";

    /// <exception cref="InvalidOperationException">The machine does not permit it.</exception>
    public static NetworkNamespace Create()
    {
        var start = new ProcessStartInfo("unshare", ["--net", "cat"])
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        var holder = Process.Start(start)!;

        if (!Answers(holder))
        {
            var problem = holder.StandardError.ReadToEnd().Trim();
            holder.Dispose();
            throw new InvalidOperationException(problem);
        }

        var made = new NetworkNamespace(holder);
        try
        {
            made.Ip("link", "set", "lo", "up");
            return made;
        }
        catch
        {
            made.Dispose();
            throw;
        }
    }

    /// <summary>Runs <c>ip</c> inside.</summary>
    public void Ip(params string[] arguments) => Tool.Run(Prefix[0], [.. Prefix.Skip(1), "ip", .. arguments]);

    /// <summary>A client outside whose connections begin inside.</summary>
    public HttpClient Client() => new(new SocketsHttpHandler
    {
        ConnectCallback = async (context, cancellation) =>
        {
            // A socket belongs for good to the namespace in which it was made, whoever uses it.
            var socket = await SocketAsync();
            try
            {
                await socket.ConnectAsync(context.DnsEndPoint, cancellation);
                return new NetworkStream(socket, ownsSocket: true);
            }
            catch
            {
                socket.Dispose();
                throw;
            }
        },
    });

    /// <summary>Whether a connection from inside comes about within this time; a no takes all of it.</summary>
    public async Task<bool> ReachesAsync(string address, int port, TimeSpan within)
    {
        using var limit = new CancellationTokenSource(within);
        while (true)
        {
            using var socket = await SocketAsync();
            try
            {
                await socket.ConnectAsync(address, port, limit.Token);
                return true;
            }
            catch (OperationCanceledException)
            {
                return false;
            }
            catch (SocketException)
            {
                await Task.WhenAny(Task.Delay(TimeSpan.FromMilliseconds(100), limit.Token));
            }
        }
    }

    public void Dispose()
    {
        _holder.Kill();
        _holder.WaitForExit();
        _holder.Dispose();
    }

    // What it says back comes from inside; where it must not go there it is gone already.
    private static bool Answers(Process holder)
    {
        try
        {
            holder.StandardInput.WriteLine();
        }
        catch (IOException)
        {
            return false;
        }

        return holder.StandardOutput.ReadLine() is not null;
    }

    private Task<Socket> SocketAsync()
    {
        var made = new TaskCompletionSource<Socket>(TaskCreationOptions.RunContinuationsAsynchronously);

        // A thread that goes there never comes back, so it is one that nobody else uses.
        new Thread(() =>
        {
            try
            {
                using var file = System.IO.File.OpenHandle(File);
                if (SetNamespace((int)file.DangerousGetHandle(), 0) != 0)
                {
                    throw new Win32Exception(Marshal.GetLastPInvokeError());
                }

                made.SetResult(new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp));
            }
            catch (Exception e)
            {
                made.SetException(e);
            }
        })
        { IsBackground = true }.Start();
        return made.Task;
    }

    [DllImport("libc", EntryPoint = "setns", SetLastError = true)]
    private static extern int SetNamespace(int file, int kind);
}
