using System.Reflection;

namespace ActorLoad.Host.Running;

/// <summary>What <c>actorload --version</c> says.</summary>
internal static class ProgramVersion
{
    public static string Text { get; } =
        typeof(ProgramVersion).Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()?.InformationalVersion ?? "unknown";
}
