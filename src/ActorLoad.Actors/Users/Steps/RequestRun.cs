using ActorLoad.Messages.Failures;
using ActorLoad.Messages.Scenarios;

namespace ActorLoad.Actors.Users.Steps;

/// <summary>Passes when the response has an expected status and everything that is to be taken out of it.</summary>
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
        catch (UnsetVariableException e)
        {
            return StepResult.Failed(FailureReason.ExtractFailed, $"{Describe(step)}: {e.Message}");
        }
    }

    public override StepResult OnSignal(UserSignal signal)
    {
        if (signal is not UserSignal.Responded responded || responded.Token != _token)
        {
            return StepResult.Pending;
        }

        user.EndRequest(_token);
        var result = responded.Result;
        if (result.Failure is { } reason)
        {
            return StepResult.Failed(reason, $"{Describe(step)}: {result.Message}");
        }

        return IsExpected(step, result.Status)
            ? Take(responded.Extracted)
            : StepResult.Failed(FailureReason.UnexpectedStatus, $"{Describe(step)}: the server answered {result.Status}");
    }

    public override void Cancel() => user.EndRequest(_token);

    private StepResult Take(ExtractedValues? extracted)
    {
        if (extracted?.Problem is { } problem)
        {
            return StepResult.Failed(FailureReason.ExtractFailed, $"{Describe(step)}: {problem}");
        }

        foreach (var (variable, value) in extracted?.Values ?? [])
        {
            user.SetVariable(variable, value);
        }

        return StepResult.Passed;
    }

    /// <summary>The request as samples show it: without its query, and a path that holds a secret is masked.</summary>
    public static string Describe(RequestStep step) => $"{step.Method} {step.Path.ToString().Split('?')[0]}";

    public static bool IsExpected(RequestStep step, int status) =>
        step.ExpectStatus.Count == 0 ? status is >= 200 and < 300 : step.ExpectStatus.Contains(status);
}
