using ActorLoad.Messages.Protocol;
using ActorLoad.Messages.Scenarios;
using Akka.Actor;

namespace ActorLoad.Actors.Tests.Users;

public sealed class UsersIdleTests : UserSpec
{
    [Fact]
    public async Task That_nobody_is_active_is_told_only_after_all_were_told_to_stop()
    {
        Host(new UserType { Name = "idler", Wait = Constant(3600), Tasks = [Work(new PauseStep(Constant(3600)))] });
        StartUser();
        StopUser();
        await GoneAsync();

        // Whatever the parent of the users had to tell besides has come through when both have answered.
        foreach (var path in (string[])["/user/relay/users", "/user/relay"])
        {
            await Sys.ActorSelection(path).Ask<ActorIdentity>(new Identify(null), Patience);
        }

        Assert.False(HasMessages);
        StopAll(StopMode.Graceful);
        await IdleAsync();
    }
}
