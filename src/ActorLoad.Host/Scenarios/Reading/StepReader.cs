using ActorLoad.Host.Scenarios.Hocon;
using ActorLoad.Messages.Scenarios;

namespace ActorLoad.Host.Scenarios.Reading;

/// <summary>Reads the steps of one user type.</summary>
/// <param name="settings">What the user type passes on to its subscribe steps.</param>
internal sealed class StepReader(StreamSettings settings, StreamUses streams, ReadContext context)
{
    private const string StepList = "a list of steps such as [ { pause = 1s } ]";
    private const string StreamName = "the name of a stream";

    private static readonly string[] Kinds =
        ["subscribe", "await", "listen", "drop", "reconnect", "close", "abandon", "pause", "request", "parallel"];

    private static readonly string[] ConditionsOfAwait = ["events", "event", "data-contains", "data-json"];

    /// <summary>The settings of every subscribe step read so far, and where it stands.</summary>
    public List<(StreamSettings Settings, Section Section)> Subscriptions { get; } = [];

    public IReadOnlyList<Step> Steps(Section parent, string key) => [.. parent.List(key, StepList).Select(Step).OfType<Step>()];

    private Step? Step((string Path, HoconNode Node) element)
    {
        var (path, node) = element;
        var outer = new Section(new HoconObject(node.At), path, context);
        if (node is not HoconObject step)
        {
            outer.Unexpected(node, path, "a step such as { pause = 1s }");
            return null;
        }

        if (step.Keys.Count != 1)
        {
            var found = step.Keys.Count == 0 ? "none" : string.Join(" and ", step.Keys);
            context.Add(step.At, path, $"expected one step in each {{ }}, found {found}");
            return null;
        }

        var kind = step.Keys[0];
        var section = new Section(step, path, context);
        if (!Kinds.Contains(kind))
        {
            context.Add(step[kind]!.At, section.PathOf(kind), $"unknown step '{kind}'{NearestName.Hint(kind, Kinds)}");
            return null;
        }

        return section.Take(kind) is not { } body ? null : kind switch
        {
            "pause" => Pause(section, body),
            "parallel" => Parallel(section, body),
            "drop" or "close" or "abandon" or "reconnect" when body is HoconScalar => OnStream(kind, section, body),
            _ => section.Object(kind) is { } inner ? Closed(inner, Object(kind, inner)) : null,
        };
    }

    private static Step? Closed(Section section, Step? step)
    {
        section.Close();
        return step;
    }

    private Step? Object(string kind, Section body) => kind switch
    {
        "subscribe" => Subscribe(body),
        "await" => Await(body),
        "listen" => Listen(body),
        "request" => Request(body),
        "drop" => Stream(body) is { } s ? new DropStep(s) : null,
        "close" => Stream(body) is { } s ? new CloseStep(s) : null,
        "abandon" => Stream(body) is { } s ? new AbandonStep(s) : null,
        _ => Reconnect(body),
    };

    private Step? OnStream(string kind, Section step, HoconNode body)
    {
        if (Used(step, body, step.PathOf(kind)) is not { } stream)
        {
            return null;
        }

        return kind switch
        {
            "drop" => new DropStep(stream),
            "close" => new CloseStep(stream),
            "abandon" => new AbandonStep(stream),
            _ => new ReconnectStep(stream),
        };
    }

    private ReconnectStep? Reconnect(Section body)
    {
        var stream = Stream(body);
        var within = body.Value("within", ValueKinds.PositiveDuration, new ReconnectStep("").Within);
        return stream is null ? null : new ReconnectStep(stream) { Within = within };
    }

    private SubscribeStep? Subscribe(Section body)
    {
        var defaults = new SubscribeStep { Stream = "", Path = Template.Literal("") };
        var name = body.TakeRequired("stream", StreamName);
        var stream = name is null ? null : Name(body, name, body.PathOf("stream"));
        var path = RequestParts.Path(body);
        var method = RequestParts.Method(body, defaults.Method);
        var until = StepParts.Until(body);
        if (until is not null && stream is not null)
        {
            streams.Finite(stream);
        }

        var step = defaults with
        {
            Stream = stream ?? "",
            Path = path ?? defaults.Path,
            Query = PairReader.Query(body),
            Headers = PairReader.Headers(body),
            Method = method,
            Body = RequestParts.Body(body),
            Until = until,
            Resume = body.Value("resume", ValueKinds.Flag, defaults.Resume),
            Within = body.Value("within", ValueKinds.PositiveDuration, defaults.Within),
            Settings = StreamSettingsReader.ReadStream(body, StepParts.Inherited(settings, method, until)),
        };
        if (stream is not null)
        {
            streams.Subscribed(stream, step.Settings);
        }

        Subscriptions.Add((step.Settings, body));
        return stream is null || path is null ? null : step;
    }

    private AwaitStep? Await(Section body)
    {
        var defaults = new AwaitStep { Stream = "" };
        var stream = Stream(body);
        var step = defaults with
        {
            Stream = stream ?? "",
            Events = body.Value("events", ValueKinds.Whole(1), defaults.Events),
            Event = body.Take("event") is null ? null : body.Text("event", "", "the name of an event"),
            DataContains = body.Template("data-contains"),
            DataJson = StepParts.DataJson(body),
            Done = body.Value("done", ValueKinds.Flag, false),
            Complete = Complete(body, stream),
            Within = body.Value("within", ValueKinds.PositiveDuration, defaults.Within),
        };
        if (step.Done)
        {
            CheckDone(body, stream);
        }

        return stream is null ? null : step;
    }

    private void CheckDone(Section body, string? stream)
    {
        foreach (var key in ConditionsOfAwait.Where(body.Has))
        {
            body.Mistake(key, $"'{key}' and done = true exclude each other: done waits for the end of the stream, whatever it delivers");
        }

        if (stream is not null)
        {
            streams.AwaitedDone(stream, body.Take("done")!.At, body.PathOf("done"));
        }
    }

    private ListenStep? Listen(Section body)
    {
        var stream = Stream(body);
        var duration = body.Required("for", ValueKinds.PositiveDuration);
        var (events, heartbeats) = (body.Value("min-events", ValueKinds.Whole(0), 0), body.Value("min-heartbeats", ValueKinds.Whole(0), 0));
        var complete = Complete(body, stream);
        return stream is null || duration is null
            ? null
            : new ListenStep { Stream = stream, For = duration.Value, MinEvents = events, MinHeartbeats = heartbeats, Complete = complete };
    }

    private bool Complete(Section body, string? stream)
    {
        var demanded = body.Value("complete", ValueKinds.Flag, false);
        if (demanded && stream is not null)
        {
            streams.Completed(stream, body.Take("complete")!.At, body.PathOf("complete"));
        }

        return demanded;
    }

    private static RequestStep? Request(Section body)
    {
        var path = RequestParts.Path(body);
        var defaults = new RequestStep { Path = Template.Literal("") };
        var step = defaults with
        {
            Path = path ?? defaults.Path,
            Method = RequestParts.Method(body, defaults.Method),
            Query = PairReader.Query(body),
            Headers = PairReader.Headers(body),
            Body = RequestParts.Body(body),
            ExpectStatus = body.Values("expect-status", ValueKinds.Status) ?? defaults.ExpectStatus,
            Extract = StepParts.Extract(body),
            Within = body.Value("within", ValueKinds.PositiveDuration, defaults.Within),
        };
        return path is null ? null : step;
    }

    private static PauseStep? Pause(Section step, HoconNode body)
    {
        if (body is HoconObject inner && inner.Keys.Contains("for"))
        {
            var section = step.Object("pause")!;
            var range = RangeReader.Read(section, "for");
            section.Close();
            return range is { } r ? new PauseStep(r) : null;
        }

        return RangeReader.Read(step, "pause") is { } plain ? new PauseStep(plain) : null;
    }

    private ParallelStep? Parallel(Section step, HoconNode body)
    {
        var elements = step.List("parallel", "a list of lists of steps").ToList();
        var branches = new List<IReadOnlyList<Step>>();
        foreach (var element in elements)
        {
            // A branch of one step may stand without brackets.
            var steps = element.Node is HoconArray list
                ? list.Items.Select((item, i) => ($"{element.Path}[{i}]", item))
                : [(element.Path, element.Node)];
            branches.Add([.. steps.Where(s => s.Item2 is not HoconBroken).Select(Step).OfType<Step>()]);
            if (element.Node is HoconArray { Items.Count: 0 })
            {
                context.Add(element.Node.At, element.Path, "expected at least one step in each list of parallel");
            }
        }

        if (body is HoconArray { Items.Count: 0 })
        {
            step.Mistake("parallel", "expected at least one list of steps");
        }

        return branches.Count == 0 ? null : new ParallelStep(branches);
    }

    private string? Stream(Section body) =>
        body.TakeRequired("stream", StreamName) is { } node ? Used(body, node, body.PathOf("stream")) : null;

    private string? Used(Section section, HoconNode node, string path)
    {
        var stream = Name(section, node, path);
        if (stream is not null)
        {
            streams.Used(stream, node.At, path);
        }

        return stream;
    }

    private static string? Name(Section section, HoconNode node, string path)
    {
        var text = section.ReadText(node, path, StreamName);
        if (text is null || NameRules.IsName(text))
        {
            return text;
        }

        section.Unexpected(node, path, NameRules.Name);
        return null;
    }
}
