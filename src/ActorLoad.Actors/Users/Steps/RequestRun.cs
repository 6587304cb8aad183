using ActorLoad.Messages.Failures;
using ActorLoad.Messages.Scenarios;

namespace ActorLoad.Actors.Users.Steps;

/// <summary>Passes when the response has an expected status.</summary>
internal sealed class RequestRun(RequestStep step, IUserActions user) : StepRun
{
    private int _token;

    public override StepResult Start()
    {
        _token = user.NewToken();
        try
        {
            user.Send(step, _token);
            return StepResult.Pending;
        }
        catch (FormatException e)
        {
            return StepResult.Failed(FailureReason.Protocol, e.Message);
        }
    }

    public override StepResult OnSignal(UserSignal signal)
    {
        if (signal is not UserSignal.Responded responded || responded.Token != _token)
        {
            return StepResult.Pending;
        }

        var result = responded.Result;
        if (result.Failure is { } reason)
        {
            return StepResult.Failed(reason, $"{step.Method} {step.Path.Source}: {result.Message}");
        }

        return IsExpected(step, result.Status)
            ? StepResult.Passed
            : StepResult.Failed(FailureReason.UnexpectedStatus, $"{step.Method} {step.Path.Source}: the server answered {result.Status}");
    }

    public static bool IsExpected(RequestStep step, int status) =>
        step.ExpectStatus.Count == 0 ? status is >= 200 and < 300 : step.ExpectStatus.Contains(status);
}
