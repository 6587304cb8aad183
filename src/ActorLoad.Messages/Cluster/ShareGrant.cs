namespace ActorLoad.Messages.Cluster;

/// <summary>Shares that came to a worker at one time.</summary>
/// <param name="Epoch">Of the roster that gave them. Ids of users that replace others begin at a distance of their own in each epoch, so that none is given twice.</param>
/// <param name="From">Offset of the run from which arrivals of the open model in these shares are the worker's.</param>
public sealed record ShareGrant(int Epoch, TimeSpan From, int[] Shares);
