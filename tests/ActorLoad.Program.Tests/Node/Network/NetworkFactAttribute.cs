namespace ActorLoad.Program.Tests.Node.Network;

/// <summary>A test that needs a <see cref="PrivateNetwork"/>: skipped, with the reason, where the machine does not permit one.</summary>
[AttributeUsage(AttributeTargets.Method)]
internal sealed class NetworkFactAttribute : FactAttribute
{
    public NetworkFactAttribute() => Skip = PrivateNetwork.Problem;
}
