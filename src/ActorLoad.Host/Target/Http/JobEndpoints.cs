using ActorLoad.Host.Target.Jobs;
using ActorLoad.Host.Target.Streams;
using Microsoft.AspNetCore.Http;

namespace ActorLoad.Host.Target.Http;

/// <summary>`/api/jobs…`: starting a job, following it, and both at once.</summary>
internal sealed class JobEndpoints(TargetState state, Answers answers, StreamOpener opener)
{
    public Task PostAsync(HttpContext context, RequestQuery query)
    {
        var job = state.Jobs.Create(StepOf(query), query.Text("user_id"));
        context.Response.Headers.Location = $"/api/jobs/{job.Id}/events";
        return answers.JsonAsync(context, new { id = job.Id }, StatusCodes.Status202Accepted);
    }

    public Task FollowAsync(HttpContext context, RequestQuery query, string id) =>
        opener.RunAsync(context, query, request => Find(query, id) is { } job
            ? StayAsync(request, job)
            : answers.ErrorAsync(context, StatusCodes.Status404NotFound, $"no job '{id}'"));

    /// <summary>A user that comes back with a last event id goes on with its job; anybody else gets a new one.</summary>
    public Task CreateAndFollowAsync(HttpContext context, RequestQuery query)
    {
        var user = query.Text("user_id");
        var step = StepOf(query);
        return opener.RunAsync(context, query, request =>
        {
            if (request.LastEventId >= Job.LastEvent)
            {
                return answers.EmptyAsync(context, StatusCodes.Status204NoContent);
            }

            var known = user is not null && request.LastEventId >= 0 ? state.Jobs.FindByUser(user) : null;
            return known is not null
                ? StayAsync(request, known)
                : StayAsync(request with { LastEventId = null }, state.Jobs.Create(step, user));
        });
    }

    /// <summary>"mine" is the job that the user of the query posted last, for clients that cannot keep an id.</summary>
    private Job? Find(RequestQuery query, string id) =>
        id == "mine" && query.Text("user_id") is { } user ? state.Jobs.FindByUser(user) : state.Jobs.Find(id);

    private TimeSpan StepOf(RequestQuery query) => query.Milliseconds("interval_ms", 1, 3_600_000) ?? state.Options.JobStepInterval;

    private Task StayAsync(StreamRequest request, Job job)
    {
        // A job is told from its beginning, however late somebody asks; but only once to its end.
        var after = request.LastEventId is { } id and >= 0 ? id : 0;
        return job.IsDelivered || after >= Job.LastEvent
            ? answers.EmptyAsync(request.Context, StatusCodes.Status204NoContent)
            : TellAsync(opener.Start(request, job.Ring, after, slack: Job.LastEvent), job);
    }

    private static async Task TellAsync(TargetStream stream, Job job)
    {
        await stream.Completion.ConfigureAwait(false);
        if (stream.Reason == StreamEnd.Done)
        {
            job.IsDelivered = true;
        }
    }
}
