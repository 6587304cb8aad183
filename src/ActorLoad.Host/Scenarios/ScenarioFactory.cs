using ActorLoad.Messages.Plan;
using ActorLoad.Messages.Scenarios;

namespace ActorLoad.Host.Scenarios;

/// <summary>Scenarios that need no file.</summary>
public static class ScenarioFactory
{
    /// <summary>
    /// What <c>quick</c> runs: each user opens one stream and holds it to the end, reconnecting as a browser would. The task
    /// never ends by itself, so the end of the plan interrupts it.
    /// </summary>
    /// <param name="url">Absolute http or https URL of the stream.</param>
    /// <param name="duration">The whole run, ramp included.</param>
    /// <param name="ramp">How long it takes until all users are there; zero starts them at once.</param>
    /// <param name="http">How the target is reached; null = as by default.</param>
    /// <param name="headers">As <see cref="HeaderLine.Parse"/> gives them.</param>
    /// <exception cref="ArgumentException">The URL is not absolute http or https, or a number or duration is not positive.</exception>
    public static Scenario Quick(
        Uri url,
        int users,
        TimeSpan duration,
        TimeSpan ramp,
        IReadOnlyList<HeaderTemplate> headers,
        HttpSettings? http = null)
    {
        if (!url.IsAbsoluteUri || (url.Scheme != Uri.UriSchemeHttp && url.Scheme != Uri.UriSchemeHttps))
        {
            throw new ArgumentException($"'{url}' is not an absolute http or https URL", nameof(url));
        }

        ArgumentOutOfRangeException.ThrowIfLessThan(users, 1);
        ArgumentOutOfRangeException.ThrowIfLessThanOrEqual(duration, TimeSpan.Zero);
        ArgumentOutOfRangeException.ThrowIfLessThan(ramp, TimeSpan.Zero);
        var climb = ramp < duration ? ramp : duration;
        // A query often carries a token, and nobody asked to have it written down.
        var path = Template.Literal(url.PathAndQuery, isSecret: url.Query.Length > 0);
        var subscribe = new SubscribeStep { Stream = "main", Path = path, Headers = headers };
        var listen = new ListenStep { Stream = "main", For = duration + TimeSpan.FromHours(1) };
        return new Scenario
        {
            Name = "quick",
            BaseUrl = new Uri(url.GetLeftPart(UriPartial.Authority)),
            Http = http ?? new HttpSettings(),
            Load = LoadPlan.Closed(climb < duration ? [(climb, users), (duration - climb, users)] : [(climb, users)]),
            UserTypes =
            [
                new UserType
                {
                    Name = "quick",

                    // A target that refuses everybody is asked once a second by each user, not in a tight loop.
                    Wait = new DurationRange(TimeSpan.FromSeconds(1), TimeSpan.FromSeconds(1)),
                    Tasks = [new TaskDefinition("stream", 1, [subscribe, listen])],
                },
            ],
        };
    }
}
