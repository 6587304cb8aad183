using System.Globalization;
using ActorLoad.Actors.Transport.Dialing;
using ActorLoad.Host.Scenarios;
using ActorLoad.Messages.Plan;
using ActorLoad.Messages.Scenarios;

namespace ActorLoad.Host.Running;

/// <summary>What this machine allows one process; a number is null where the machine does not tell.</summary>
/// <param name="OpenFiles">Open files and sockets of this process.</param>
/// <param name="LocalPorts">Local ports towards one address and port of a target.</param>
internal sealed record MachineLimits(long? OpenFiles, long? LocalPorts)
{
    // Runtime, log, timeline, pooled connections of plain requests.
    private const int OtherFiles = 150;

    public static MachineLimits Read() => new(
        Try(() => OpenFilesIn(File.ReadLines("/proc/self/limits"))),
        Try(() => PortsIn(File.ReadAllText("/proc/sys/net/ipv4/ip_local_port_range"))));

    /// <returns>A sentence with the limit and the remedy when the scenario's users cannot possibly all be there, else null.</returns>
    public string? ProblemWith(Scenario scenario)
    {
        var users = scenario.Load.PeakUsers;
        var connections = StreamDemand.Connections(scenario);
        if (OpenFiles is { } files && connections + OtherFiles > files)
        {
            return $"{users} users with their streams need {connections + OtherFiles} open files, this process may have {files}: "
                + $"raise the limit (ulimit -n {connections + OtherFiles}, as far as the hard limit goes), "
                + $"{Lower(scenario)}, or spread the run over several machines{Abandoned(scenario)}";
        }

        var ports = LocalPorts * Math.Max(1, scenario.Http.SourceAddresses.Sum(a => (long)(AddressRange.Parse(a)?.Count ?? 0)));
        if (connections > ports && StreamDemand.HasOneTarget(scenario))
        {
            return $"{users} users need {connections} connections to the target, this machine has {ports} local ports towards one address: "
                + $"name more local addresses (http.source-addresses), widen the range (sysctl net.ipv4.ip_local_port_range), {Lower(scenario)}, "
                + $"or spread the run over several machines{Abandoned(scenario)}";
        }

        return SourceProblem(scenario);
    }

    public static long? OpenFilesIn(IEnumerable<string> limits)
    {
        // "Max open files            20000                20000                files"; the runtime raises soft to hard by itself.
        var line = limits.FirstOrDefault(l => l.StartsWith("Max open files", StringComparison.Ordinal));
        var columns = line?["Max open files".Length..].Split(' ', StringSplitOptions.RemoveEmptyEntries);
        return columns is [var soft, ..] && long.TryParse(soft, CultureInfo.InvariantCulture, out var n) ? n : null;
    }

    public static long? PortsIn(string range) =>
        range.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries) is [var low, var high]
        && int.TryParse(low, CultureInfo.InvariantCulture, out var from) && int.TryParse(high, CultureInfo.InvariantCulture, out var to)
            ? to - from + 1
            : null;

    private static string Lower(Scenario scenario) => scenario.Load.Model == LoadModel.Open ? "lower load.max-users" : "lower --users";

    // How many there will be depends on how long users stay, which nobody knows before.
    private static string Abandoned(Scenario scenario) =>
        scenario.UserTypes.Any(t => t.OnLeave == LeaveMode.Abandon || AllSteps.Of(t).OfType<AbandonStep>().Any())
            ? " (abandoned streams keep their sockets until the end of the run and come on top)"
            : "";

    private static string? SourceProblem(Scenario scenario)
    {
        try
        {
            SourceAddresses.Create(scenario.Http.SourceAddresses)?.Check();
            return null;
        }
        catch (InvalidDataException e)
        {
            return e.Message;
        }
    }

    private static long? Try(Func<long?> read)
    {
        try
        {
            return read();
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }
}
