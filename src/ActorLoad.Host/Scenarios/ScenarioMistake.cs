namespace ActorLoad.Host.Scenarios;

/// <summary>Something in a scenario that keeps it from running.</summary>
/// <param name="File">The file as the user named it, or the command line option that said so.</param>
/// <param name="Line">Counts from 1; 0 = no particular line.</param>
/// <param name="Path">For example <c>scenario.users.reader.tasks.read.steps[1].await.within</c>; may be empty.</param>
/// <param name="Message">What was expected and what was found.</param>
public sealed record ScenarioMistake(string File, int Line, string Path, string Message)
{
    public override string ToString() =>
        (Line > 0 ? $"{File}:{Line}: " : $"{File}: ") + (Path.Length > 0 ? $"{Path}: " : "") + Message;
}
