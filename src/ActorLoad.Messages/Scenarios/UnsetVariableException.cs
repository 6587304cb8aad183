namespace ActorLoad.Messages.Scenarios;

/// <summary>A template needs a variable that the user has not extracted yet. The message is for people.</summary>
public sealed class UnsetVariableException(string variable)
    : Exception($"the variable '{variable}' has no value yet: no request of this user has extracted it so far")
{
    public string Variable { get; } = variable;
}
