namespace ActorLoad.Messages.Stats;

/// <summary>What an integrity sample is an example of; the outward name is that of the counter without <c>events_</c>.</summary>
public enum IntegrityKind
{
    Missed,
    Duplicated,
    Reordered,
}
