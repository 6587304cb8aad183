using ActorLoad.Program.Tests.Run;

namespace ActorLoad.Program.Tests.Transport;

/// <summary>A scenario whose users each hold one stream until the run is interrupted.</summary>
internal static class TransportScenario
{
    /// <param name="http">The inside of <c>http { }</c>.</param>
    /// <returns>The file's path.</returns>
    public static string Write(ScratchFolder folder, Uri baseUrl, int users, string http, string path = "/events")
    {
        var file = Path.Combine(folder.Path, "transport.conf");
        File.WriteAllText(
            file,
            $$"""
            scenario {
              name = transport
              base-url = "{{baseUrl.GetLeftPart(UriPartial.Authority)}}"
              http { {{http}} }
              load.stages = [ { duration = 0s, users = {{users}} }, { duration = 2m, users = {{users}} } ]
              reconnect { min-backoff = 50ms, max-backoff = 500ms }
              users.reader.tasks.hold.steps = [
                { subscribe { stream = main, path = "{{path}}" } }
                { await { stream = main } }
                { pause = 10m }
              ]
            }
            """);
        return file;
    }
}
