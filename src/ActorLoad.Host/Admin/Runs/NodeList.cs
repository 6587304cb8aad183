namespace ActorLoad.Host.Admin.Runs;

/// <summary>Answer of <c>GET /api/nodes</c>.</summary>
internal sealed record NodeList(string Coordinator, IReadOnlyList<NodeRowJson> Nodes);
