using ActorLoad.Actors.Measurement;
using ActorLoad.Messages.Scenarios;

namespace ActorLoad.Actors.Users.Steps;

/// <summary>What steps can make their user do. Results come back as signals.</summary>
public interface IUserActions
{
    /// <returns>The stream of that name, or null when the user has none; an ended stream stays until it is closed or replaced.</returns>
    StreamSlot? Find(string stream);

    /// <summary>Opens a stream, after the one of the same name is gone.</summary>
    /// <param name="chain">Armed before the connection starts; null = nothing is awaited.</param>
    /// <exception cref="FormatException">The rendered path is no URL, or a rendered header no header.</exception>
    /// <exception cref="UnsetVariableException">The user has not extracted a variable of the step yet.</exception>
    StreamSlot Open(SubscribeStep step, ExpectationChain? chain);

    void Drop(StreamSlot slot);

    void Reconnect(StreamSlot slot);

    void Close(StreamSlot slot);

    /// <summary>Walks away from the stream without closing it; the user has no stream of this name afterwards.</summary>
    void Abandon(StreamSlot slot);

    /// <exception cref="FormatException">The rendered path is no URL, or a rendered header no header.</exception>
    /// <exception cref="UnsetVariableException">The user has not extracted a variable of the step yet.</exception>
    void Send(RequestStep step, int token);

    /// <summary>The step waits no longer for its request: one still on its way is cut.</summary>
    void EndRequest(int token);

    /// <exception cref="UnsetVariableException">The user has not extracted a variable of the template yet.</exception>
    string Render(Template template);

    /// <summary>From here on templates show this value. It is a secret: no message, sample or log may show it.</summary>
    void SetVariable(string name, string value);

    /// <summary>A number for a timer or request that no other step of this user has.</summary>
    int NewToken();

    void StartTimer(int token, TimeSpan after);

    void StopTimer(int token);

    /// <summary>Makes a chain whose met expectations come back as signals.</summary>
    ExpectationChain CreateChain(IReadOnlyList<Expectation?> expectations);

    TimeSpan Draw(DurationRange range);
}
