using ActorLoad.Actors.Coordination;
using ActorLoad.Actors.Hosting;
using ActorLoad.Messages.Identifiers;
using Akka.Actor;
using Akka.Hosting;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Serilog;
using Serilog.Events;

namespace ActorLoad.Host.Running;

/// <summary>Coordinator and worker in this process: a single machine is a cluster of one.</summary>
internal sealed class EngineHost : IAsyncDisposable
{
    private readonly IHost _host;

    private EngineHost(IHost host) => _host = host;

    public ActorSystem System => _host.Services.GetRequiredService<ActorSystem>();

    public IActorRef Coordinator => _host.Services.GetRequiredService<IRequiredActor<CoordinatorActor>>().ActorRef;

    /// <param name="logPath">Where the program's own log goes.</param>
    public static async Task<EngineHost> StartAsync(string logPath)
    {
        var builder = Microsoft.Extensions.Hosting.Host.CreateEmptyApplicationBuilder(new HostApplicationBuilderSettings());
        builder.Logging.AddSerilog(
            new LoggerConfiguration()
                .MinimumLevel.Is(LogEventLevel.Information)
                .MinimumLevel.Override("Microsoft", LogEventLevel.Warning)
                .WriteTo.File(logPath, formatProvider: global::System.Globalization.CultureInfo.InvariantCulture)
                .CreateLogger(),
            dispose: true);

        // Signals are the command's business: it drains the run first.
        builder.Services.AddSingleton<IHostLifetime, NoLifetime>();
        builder.Services.AddAkka("actorload", akka => akka
            .ConfigureLoggers(loggers =>
            {
                loggers.ClearLoggers();
                loggers.AddLoggerFactory();
            })
            .AddHocon(ActorLoadDefaults.Hocon, HoconAddMode.Prepend)
            .WithActorLoadCoordinator(new CoordinatorOptions(Environment.MachineName, ProgramVersion.Text, TimeProvider.System))
            .WithActorLoadWorker((_, registry) => new WorkerOptions(
                new WorkerId($"{Environment.MachineName}#{Environment.ProcessId}"),
                Environment.MachineName,
                ProgramVersion.Text,
                registry.Get<CoordinatorActor>(),
                scenario => ActorLoadHostingExtensions.Connect(scenario, []),
                TimeProvider.System)));
        var host = builder.Build();
        await host.StartAsync().ConfigureAwait(false);
        return new EngineHost(host);
    }

    public async ValueTask DisposeAsync()
    {
        await _host.StopAsync().ConfigureAwait(false);
        _host.Dispose();
    }

    private sealed class NoLifetime : IHostLifetime
    {
        public Task WaitForStartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

        public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;
    }
}
