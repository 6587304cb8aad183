using System.Net;

namespace ActorLoad.Messages.Scenarios;

/// <summary>How many connections a scenario needs at once, at least: what machines are measured against before a run begins.</summary>
public static class StreamDemand
{
    /// <summary>All users of the plan's peak, each at its busiest.</summary>
    public static long Connections(Scenario scenario)
    {
        var streams = (long)Math.Ceiling(scenario.Load.PeakUsers * PerUser(scenario));
        return (streams + scenario.Http.StreamsPerConnection - 1) / scenario.Http.StreamsPerConnection;
    }

    /// <summary>
    /// How many streams an average user has at least at its busiest: those of on-start and those of its largest task. A user
    /// that leaves streams open from task to task has more.
    /// </summary>
    public static double PerUser(Scenario scenario)
    {
        var weight = (double)scenario.UserTypes.Sum(t => t.Weight);
        return scenario.UserTypes.Sum(t => t.Weight / weight * (Streams(t.OnStart) + t.Tasks.Max(task => Streams(task.Steps))));
    }

    /// <summary>Whether all connections go to one address, so that local ports towards it are what limits them.</summary>
    public static bool HasOneTarget(Scenario scenario) =>
        scenario.Http.Proxy is null
        && (scenario.BaseUrl.Host == "localhost" || IPAddress.TryParse(scenario.BaseUrl.Host, out _));

    private static int Streams(IReadOnlyList<Step> steps)
    {
        var (open, most, abandoned) = (new HashSet<string>(), 0, 0);
        foreach (var step in steps)
        {
            var during = 0;
            switch (step)
            {
                case SubscribeStep s:
                    open.Add(s.Stream);
                    break;
                case AbandonStep s:
                    // The user has it no longer, the machine still does.
                    open.Remove(s.Stream);
                    open.Add($"{s.Stream} abandoned by step {++abandoned}");
                    break;
                case CloseStep s:
                    open.Remove(s.Stream);
                    break;
                case ParallelStep p:
                    during = p.Branches.Sum(Streams);
                    break;
            }

            most = Math.Max(most, open.Count + during);
        }

        return most;
    }
}
