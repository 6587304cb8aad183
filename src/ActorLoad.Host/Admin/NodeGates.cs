using Microsoft.AspNetCore.Builder;

namespace ActorLoad.Host.Admin;

/// <summary>What every request passes before an endpoint sees it, in this order.</summary>
internal static class NodeGates
{
    /// <param name="token">Null or empty = none is demanded.</param>
    /// <param name="isLocal">The node listens on loopback only.</param>
    public static void Use(IApplicationBuilder app, string? token, bool isLocal)
    {
        ProblemBodies.Use(app);
        if (string.IsNullOrEmpty(token))
        {
            OriginGate.Use(app, isLocal);
        }
        else
        {
            TokenGate.Use(app, token);
        }
    }
}
