using System.Text;
using ActorLoad.TestServer;

namespace ActorLoad.Program.Tests.Run;

/// <summary>A target that only the proxy knows how to reach.</summary>
public sealed class ProxyTests
{
    private const string Password = "pr0xy-s3cr3t";

    [Fact]
    public async Task A_stream_goes_through_the_proxy_and_its_password_to_the_proxy_alone()
    {
        using var folder = new ScratchFolder();
        await using var proxy = ScriptedServer.Start(
            Script.OnRequest().Send("HTTP/1.1 407 Proxy Authentication Required\r\nProxy-Authenticate: Basic realm=\"x\"\r\nContent-Length: 0\r\n\r\n").Close(),
            Script.OnRequest().ChunkedStream().Chunk("data: through\n\n").Chunk("data: again\n\n").KeepOpen());
        var file = folder.Write("proxy.conf", $$$"""
            scenario {
              name = proxy
              base-url = "http://shop.invalid:8080"
              load { stages = [ { duration = 0s, users = 1 }, { duration = 2s, users = 1 } ] }
              http.proxy = "http://me:{{{Password}}}@127.0.0.1:{{{proxy.Port}}}"
              users.one { wait = 1h, tasks.read.steps = [
                { subscribe { stream = main, path = "/events?n={{user.id}}" } }
                { await { stream = main, events = 2 } }
              ] }
            }
            """);
        await using var process = RunCommand.Start(folder, "run", file);
        var run = await process.RunResultAsync();

        Assert.True(run.ExitCode == 0, run.ToString());
        Assert.Equal((1, 2, 1), (run.Counter("connects_opened"), run.Counter("events"), run.Counter("tasks_passed")));

        // A password is only shown to a proxy that asks for it.
        var credentials = "Basic " + Convert.ToBase64String(Encoding.UTF8.GetBytes("me:" + Password));
        Assert.Equal([null, credentials], proxy.Requests.Select(r => r.Header("Proxy-Authorization")));
        Assert.All(proxy.Requests, r => Assert.Equal(("http://shop.invalid:8080/events?n=0", "shop.invalid:8080"), (r.Target, r.Header("Host"))));
        foreach (var text in Directory.GetFiles(Path.Combine(folder.Path, "run")).Select(File.ReadAllText).Append(run.ToString()))
        {
            Assert.DoesNotContain(Password, text, StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task A_proxy_that_refuses_is_a_failure_of_the_connect()
    {
        using var folder = new ScratchFolder();
        await using var proxy = ScriptedServer.Start(
            Script.OnRequest().Send("HTTP/1.1 407 Proxy Authentication Required\r\nContent-Length: 0\r\n\r\n").Close());
        await using var process = RunCommand.Start(folder, "run", folder.Write("proxy.conf", $$"""
            scenario {
              name = proxy
              base-url = "http://shop.invalid"
              load { stages = [ { duration = 0s, users = 2 }, { duration = 1s, users = 2 } ] }
              http.proxy = "http://127.0.0.1:{{proxy.Port}}"
              users.one { wait = 1h, tasks.read.steps = [ { subscribe { stream = main, path = "/events" } } ] }
            }
            """));
        var run = await process.RunResultAsync();

        Assert.Equal(1, run.ExitCode);
        Assert.Equal((2, 0, 2), (run.Counter("connects_failed"), run.Counter("connects_opened"), run.Tasks["one.read"].Failed));
        Assert.Equal(2, run.Summary["failures"]!.AsArray().Where(f => (string)f!["where"]! == "connect").Sum(f => (long)f!["count"]!));
    }
}
