using ActorLoad.Actors.Connections;
using ActorLoad.Actors.Users.Steps;
using ActorLoad.Messages.Failures;
using ActorLoad.Messages.Plan;
using ActorLoad.Messages.Protocol;
using ActorLoad.Messages.Scenarios;
using ActorLoad.Messages.Stats;
using Akka.Actor;

namespace ActorLoad.Actors.Users;

/// <summary>
/// One virtual user: runs its steps and supervises one <see cref="ConnectionActor"/> per stream.
/// <code>
/// phase      signal             think time over  Stop graceful                       Stop now
/// starting   on-start goes on   -                interrupted; on-stop                gone
/// thinking   (slots only)       next task        on-stop                             gone
/// working    the task goes on   -                grace time, then as "interrupted"   gone
/// stopping   on-stop goes on    -                -                                   gone
/// </code>
/// A list of steps that ends leads on: on-start passed -> first task; task -> thinking; on-stop -> gone. A failed on-start is
/// tried again after the think time. The last task of its iterations leads to on-stop, and the end of its lifetime is a
/// graceful stop that nobody else has asked for.
/// </summary>
internal sealed class UserActor : UntypedActor, IWithTimers
{
    // After a failure a user without think time would hammer the target in a tight loop.
    private static readonly TimeSpan LeastWaitAfterFailure = TimeSpan.FromSeconds(1);

    private readonly long _id;
    private readonly UserProfile _profile;
    private readonly long? _dueAt;
    private readonly UserStreams _streams;
    private readonly UserActions _actions;

    private UserPhase _phase = UserPhase.Starting;
    private SequenceRun? _run;
    private int _task;
    private long _taskStart;
    private int _tasksLeft;
    private bool _counted;
    private bool _runEnds;
    private bool _finishing;

    /// <param name="dueAt">When its arrival was due, in timestamp ticks; null in the closed model.</param>
    public UserActor(long id, UserProfile profile, long? dueAt)
    {
        _id = id;
        _profile = profile;
        _dueAt = dueAt;
        _tasksLeft = profile.Type.Iterations > 0 ? profile.Type.Iterations : int.MaxValue;
        _streams = new UserStreams(profile, Context);
        _actions = new UserActions(id, profile, _streams, Self, () => Timers);
    }

    public ITimerScheduler Timers { get; set; } = null!;

    public static Props Props(long id, UserProfile profile, long? dueAt) =>
        Akka.Actor.Props.Create(() => new UserActor(id, profile, dueAt));

    protected override SupervisorStrategy SupervisorStrategy() => ReconnectStrategy.Instance;

    protected override void PreStart()
    {
        _counted = true;
        _profile.Recorder.Count(Counter.UsersStarted);
        _profile.Recorder.Worker[Gauge.UsersActive].Increment();
        if (_dueAt is { } due)
        {
            _profile.Recorder.Record(Timing.ArrivalLag, _profile.Services.Time.GetTimestamp() - due);
        }

        Self.Tell(Begin.Instance);
    }

    protected override void PostStop()
    {
        _actions.Dispose();
        CountOut();
    }

    protected override void OnReceive(object message)
    {
        switch (message)
        {
            case UserSignal signal:
                Signal(signal);
                break;
            case ConnectionEvents.Opened opened when _streams.OnOpened(opened) is { } signal:
                Signal(signal);
                break;
            case ConnectionEvents.Lost lost when _streams.OnLost(lost) is { } signal:
                Signal(signal);
                break;
            case ConnectionEvents.Reconnecting reconnecting when _streams.OnReconnecting(reconnecting) is { } signal:
                Signal(signal);
                break;
            case ConnectionEvents.Completed completed when _streams.OnCompleted(completed) is { } signal:
                Signal(signal);
                break;
            case ConnectionEvents.Opened or ConnectionEvents.Lost or ConnectionEvents.Reconnecting or ConnectionEvents.Completed:
                // Of a stream that was closed meanwhile.
                break;
            case Terminated terminated:
                _streams.OnTerminated(terminated.ActorRef);
                if (_finishing && !_streams.AreAbandoning)
                {
                    Finish();
                }

                break;
            case UserProtocol.Storm storm:
                _streams.Storm(storm, _id);
                break;
            case Begin when _phase == UserPhase.Starting:
                if (_profile.Type.Lifetime is { } lifetime)
                {
                    Timers.StartSingleTimer(LifetimeOver.Instance, LifetimeOver.Instance, lifetime.Draw(Random.Shared));
                }

                Run(_profile.Type.OnStart);
                break;
            case LifetimeOver:
                OnStop(StopMode.Graceful);
                break;
            case ThinkTimeOver when _phase == UserPhase.Thinking:
                StartTask();
                break;
            case OnStartAgain when _phase == UserPhase.Starting && _run is null:
                Run(_profile.Type.OnStart);
                break;
            case GraceOver when _phase is UserPhase.Starting or UserPhase.Working:
                Interrupt();
                break;
            case UserProtocol.Stop stop:
                _runEnds |= stop.RunEnds;
                OnStop(stop.Mode);
                break;
            case Begin or ThinkTimeOver or OnStartAgain or GraceOver:
                // Overtaken by a stop.
                break;
            case Status.Failure failure:
                // A request step would wait for its response for ever.
                throw new InvalidOperationException("a request failed in a way nobody foresaw", failure.Cause);
            default:
                Unhandled(message);
                break;
        }
    }

    private void Signal(UserSignal signal)
    {
        if (_run is { } run)
        {
            Continue(run.OnSignal(signal));
        }
    }

    private void Run(IReadOnlyList<Step> steps)
    {
        _run = new SequenceRun(steps, _actions);
        Continue(_run.Start());
    }

    private void StartTask()
    {
        if (_tasksLeft == 0)
        {
            StartStopping();
            return;
        }

        _phase = UserPhase.Working;
        _task = _profile.Tasks.Pick(Random.Shared);
        _taskStart = _profile.Services.Time.GetTimestamp();
        _streams.BeginTask();
        Run(_profile.Type.Tasks[_task].Steps);
    }

    private void Continue(StepResult result)
    {
        if (result.State == StepState.Pending)
        {
            return;
        }

        _run = null;
        switch (_phase)
        {
            case UserPhase.Starting:
                AfterOnStart(result);
                break;
            case UserPhase.Working:
                AfterTask(result);
                break;
            case UserPhase.Stopping:
                if (result.State == StepState.Failed)
                {
                    _profile.Recorder.Worker.Failures.Count(FailureWhere.Task, result.Reason, $"on-stop: {result.Message}");
                }

                FinishWhenAlone();
                break;
        }
    }

    private void AfterOnStart(StepResult result)
    {
        if (result.State == StepState.Passed)
        {
            StartTask();
            return;
        }

        _profile.Recorder.Worker.Failures.Count(FailureWhere.Task, result.Reason, $"on-start: {result.Message}");
        _streams.CloseAll();
        Timers.StartSingleTimer(OnStartAgain.Instance, OnStartAgain.Instance, WaitAfterFailure());
    }

    private void AfterTask(StepResult result)
    {
        var recorder = _profile.Recorder;
        var time = _profile.Services.Time.GetTimestamp() - _taskStart;
        if (result.State == StepState.Passed)
        {
            recorder.Count(Counter.TasksPassed);
            recorder.Tasks[_task].Passed(time);
        }
        else
        {
            recorder.Count(Counter.TasksFailed);
            recorder.Tasks[_task].Failed(time);
            recorder.Worker.Failures.Count(
                FailureWhere.Task, result.Reason, $"{_profile.Type.Name}.{recorder.Tasks[_task].Name}: {result.Message}");
            _streams.CloseTaskStreams();
        }

        if (Timers.IsTimerActive(GraceOver.Instance))
        {
            StartStopping();
            return;
        }

        // In the closed model another one takes its place at once: after a failure that would be a tight loop, too.
        _tasksLeft -= _profile.Type.Iterations > 0 ? 1 : 0;
        if (_tasksLeft == 0 && (result.State == StepState.Passed || _profile.Scenario.Load.Model == LoadModel.Open))
        {
            StartStopping();
            return;
        }

        _phase = UserPhase.Thinking;
        var wait = result.State == StepState.Failed ? WaitAfterFailure() : _profile.Type.Wait.Draw(Random.Shared);
        if (wait > TimeSpan.Zero)
        {
            Timers.StartSingleTimer(ThinkTimeOver.Instance, ThinkTimeOver.Instance, wait);
        }
        else
        {
            Self.Tell(ThinkTimeOver.Instance);
        }
    }

    private TimeSpan WaitAfterFailure()
    {
        var wait = _profile.Type.Wait.Draw(Random.Shared);
        return wait > LeastWaitAfterFailure ? wait : LeastWaitAfterFailure;
    }

    private void OnStop(StopMode mode)
    {
        if (mode == StopMode.Now)
        {
            if (_phase == UserPhase.Working)
            {
                CountInterrupted();
            }

            Finish();
            return;
        }

        switch (_phase)
        {
            case UserPhase.Stopping:
                break;
            case UserPhase.Working when _profile.Scenario.GracefulStop > TimeSpan.Zero:
                if (!Timers.IsTimerActive(GraceOver.Instance))
                {
                    Timers.StartSingleTimer(GraceOver.Instance, GraceOver.Instance, _profile.Scenario.GracefulStop);
                }

                break;
            case UserPhase.Thinking:
                StartStopping();
                break;
            default:
                Interrupt();
                break;
        }
    }

    private void Interrupt()
    {
        if (_phase == UserPhase.Working)
        {
            CountInterrupted();
        }

        _run?.Cancel();
        _run = null;
        StartStopping();
    }

    private void CountInterrupted()
    {
        _profile.Recorder.Count(Counter.TasksInterrupted);
        _profile.Recorder.Tasks[_task].Interrupted();
    }

    private void StartStopping()
    {
        _phase = UserPhase.Stopping;
        Timers.CancelAll();
        if (_profile.Type.OnLeave == LeaveMode.Abandon && !_runEnds)
        {
            _streams.AbandonAll();
        }
        else
        {
            _streams.CloseAll();
        }

        Run(_profile.Type.OnStop);
    }

    // Stopping takes the connections along, which would close what they are just letting go of.
    private void FinishWhenAlone()
    {
        _finishing = true;
        if (!_streams.AreAbandoning)
        {
            Finish();
        }
    }

    private void Finish()
    {
        _finishing = false;

        // Before anybody hears of it: who takes its place must not make one too many.
        CountOut();
        _profile.Recorder.Count(Counter.UsersFinished);
        Context.Parent.Tell(new UserProtocol.Ended(_id));
        Context.Stop(Self);
    }

    private void CountOut()
    {
        if (_counted)
        {
            _counted = false;
            _profile.Recorder.Worker[Gauge.UsersActive].Decrement();
        }
    }

    private sealed class Begin : INoSerializationVerificationNeeded
    {
        public static readonly Begin Instance = new();
    }

    private sealed class ThinkTimeOver : INoSerializationVerificationNeeded
    {
        public static readonly ThinkTimeOver Instance = new();
    }

    private sealed class OnStartAgain : INoSerializationVerificationNeeded
    {
        public static readonly OnStartAgain Instance = new();
    }

    private sealed class LifetimeOver : INoSerializationVerificationNeeded
    {
        public static readonly LifetimeOver Instance = new();
    }

    private sealed class GraceOver : INoSerializationVerificationNeeded
    {
        public static readonly GraceOver Instance = new();
    }
}
