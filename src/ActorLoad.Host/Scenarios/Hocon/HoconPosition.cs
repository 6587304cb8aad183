namespace ActorLoad.Host.Scenarios.Hocon;

/// <summary>Where something is written.</summary>
/// <param name="File">The file as the user named it, or the command line option.</param>
/// <param name="Line">Counts from 1; 0 = the file as a whole.</param>
public readonly record struct HoconPosition(string File, int Line);
