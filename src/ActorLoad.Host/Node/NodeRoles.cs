namespace ActorLoad.Host.Node;

/// <summary>The cluster roles of a node; a process can have both.</summary>
internal static class NodeRoles
{
    public const string Coordinator = "coordinator";
    public const string Worker = "worker";

    public static IReadOnlyList<string> All { get; } = [Coordinator, Worker];
}
