namespace ActorLoad.Messages.Plan;

/// <summary>Closed holds a number of users; open starts new ones at a rate whatever the others do.</summary>
public enum LoadModel
{
    Closed,
    Open,
}
