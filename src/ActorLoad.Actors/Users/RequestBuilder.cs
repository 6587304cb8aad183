using System.Text;
using ActorLoad.Actors.Transport;
using ActorLoad.Actors.Transport.Pacing;
using ActorLoad.Messages.Scenarios;

namespace ActorLoad.Actors.Users;

/// <summary>Renders steps into requests.</summary>
internal static class RequestBuilder
{
    public static StreamRequest Build(SubscribeStep step, Scenario scenario, in TemplateContext context)
    {
        var request = Build(scenario, step.Method, step.Path, step.Query, step.Headers, step.Body, context);
        var buffer = ReadPace.ReceiveBufferFor(step.Settings);
        return buffer == 0 ? request : request with { ReceiveBuffer = buffer };
    }

    public static StreamRequest Build(RequestStep step, Scenario scenario, in TemplateContext context) =>
        Build(scenario, step.Method, step.Path, step.Query, step.Headers, step.Body, context);

    /// <summary>Asks for the target's time. Headers that name a user are left out: nobody asks as one.</summary>
    public static StreamRequest BuildClock(Scenario scenario, TimeProvider time)
    {
        var context = new TemplateContext(0, "", time);
        return new StreamRequest
        {
            Url = new Uri(scenario.BaseUrl, scenario.Clock.Path),
            Headers = [.. scenario.Http.Headers
                .Where(h => h.Value.IsOfNobody)
                .Select(h => KeyValuePair.Create(h.Name, h.Value.Render(context)))],
        };
    }

    /// <exception cref="FormatException">
    /// The rendered path is no URL, or a header has a line break; the message shows what is written, not what is rendered.
    /// </exception>
    private static StreamRequest Build(
        Scenario scenario,
        string method,
        Template path,
        IReadOnlyList<HeaderTemplate> query,
        IReadOnlyList<HeaderTemplate> headers,
        Template? body,
        in TemplateContext context)
    {
        var target = path.Render(context);
        if (query.Count > 0)
        {
            var text = new StringBuilder(target);
            var separator = target.Contains('?') ? '&' : '?';
            foreach (var (name, value) in query)
            {
                text.Append(separator).Append(Uri.EscapeDataString(name)).Append('=').Append(Uri.EscapeDataString(value.Render(context)));
                separator = '&';
            }

            target = text.ToString();
        }

        if (!Uri.TryCreate(scenario.BaseUrl, target, out var url) || url.Scheme is not ("http" or "https"))
        {
            throw new FormatException($"the path '{path.ToString().Split('?')[0]}' gives no http URL");
        }

        var rendered = new List<KeyValuePair<string, string>>(scenario.Http.Headers.Count + headers.Count);
        foreach (var (name, value) in scenario.Http.Headers)
        {
            rendered.Add(new(name, Header(name, value, context)));
        }

        foreach (var (name, value) in headers)
        {
            rendered.Add(new(name, Header(name, value, context)));
        }

        return new StreamRequest { Url = url, Method = method, Headers = rendered, Body = body?.Render(context) };
    }

    // A line break out of a feed or a response would end the header and begin another one.
    private static string Header(string name, Template value, in TemplateContext context)
    {
        var text = value.Render(context);
        return text.AsSpan().ContainsAny('\r', '\n', '\0')
            ? throw new FormatException($"the value of the header {name} contains a line break")
            : text;
    }
}
