using ActorLoad.Actors.Coordination.SplitBrain;

namespace ActorLoad.Actors.Tests.Coordination.SplitBrain;

/// <summary>A cluster that is what the test says, and remembers who was declared dead.</summary>
internal sealed class FakeSplitCluster(SplitMember self) : ISplitCluster
{
    public IReadOnlyCollection<SplitMember> Members { get; set; } = [];

    public bool IsLeader { get; set; }

    public List<string> Downed { get; } = [];

    public bool IsSelf(SplitMember member) => member.Address == self.Address;

    public void Down(SplitMember member) => Downed.Add(member.Address);
}
