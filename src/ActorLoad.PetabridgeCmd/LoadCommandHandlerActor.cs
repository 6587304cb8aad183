using ActorLoad.Messages.Protocol;
using Akka.Actor;
using Petabridge.Cmd;
using Petabridge.Cmd.Host;

namespace ActorLoad.PetabridgeCmd;

/// <summary>Answers the palette's commands of one connected client. Waits for nothing, not even for a file: the answer is told when it is there.</summary>
public sealed class LoadCommandHandlerActor : CommandHandlerActor
{
    public LoadCommandHandlerActor(LoadCommands commands)
        : base(LoadPalette.Palette)
    {
        Process(LoadPalette.Submit.Name, (_, arguments) =>
            Answer(commands.SubmitAsync(arguments.ArgumentValues(LoadPalette.FileArgument).Single())));
        Process(LoadPalette.Status.Name, (_, arguments) =>
            Answer(commands.StatusAsync(arguments.ArgumentValues(LoadPalette.RunArgument).SingleOrDefault())));
        Process(LoadPalette.Stop.Name, (_, arguments) =>
        {
            var run = arguments.ArgumentValues(LoadPalette.RunArgument).SingleOrDefault();
            switch (arguments.ArgumentValues(LoadPalette.ModeArgument).SingleOrDefault() ?? "graceful")
            {
                case "graceful":
                    Answer(commands.StopAsync(run, StopMode.Graceful));
                    break;
                case "now":
                    Answer(commands.StopAsync(run, StopMode.Now));
                    break;
                case var other:
                    Sender.Tell(new ErroredCommandResponse($"expected graceful or now, found '{other}'"));
                    break;
            }
        });
        Process(LoadPalette.Nodes.Name, (_, _) => Answer(commands.NodesAsync()));
    }

    private void Answer(Task<LoadAnswer> command)
    {
        var client = Sender;
        _ = command.ContinueWith(done => Tell(client, done.Result), TaskScheduler.Default);
    }

    // Only the last response is final: the client reads until it comes.
    private static void Tell(IActorRef client, LoadAnswer answer)
    {
        if (answer.Failed)
        {
            client.Tell(new ErroredCommandResponse(string.Join(Environment.NewLine, answer.Lines)), ActorRefs.NoSender);
            return;
        }

        foreach (var line in answer.Lines)
        {
            client.Tell(new CommandResponse(line, false), ActorRefs.NoSender);
        }

        client.Tell(CommandResponse.Empty, ActorRefs.NoSender);
    }
}
