using System.Diagnostics;

namespace ActorLoad.Program.Tests.Node.Network;

/// <summary>A short-lived program of the system.</summary>
internal static class Tool
{
    /// <summary>Runs it to its end.</summary>
    /// <exception cref="InvalidOperationException">It is not there, or did not end with 0; the message holds what it said.</exception>
    public static void Run(string program, params string[] arguments)
    {
        var start = new ProcessStartInfo(program, arguments) { RedirectStandardError = true, RedirectStandardOutput = true };
        var said = "";
        try
        {
            using var process = Process.Start(start)!;
            var output = process.StandardOutput.ReadToEndAsync();
            said = (process.StandardError.ReadToEnd() + output.GetAwaiter().GetResult()).Trim();
            process.WaitForExit();
            if (process.ExitCode == 0)
            {
                return;
            }
        }
        catch (System.ComponentModel.Win32Exception e)
        {
            said = e.Message;
        }

        throw new InvalidOperationException($"{program} {string.Join(' ', arguments)}: {said}");
    }
}
