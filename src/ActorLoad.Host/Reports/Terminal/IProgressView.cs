using ActorLoad.Host.Reports.Model;
using ActorLoad.Messages.Stats;

namespace ActorLoad.Host.Reports.Terminal;

/// <summary>Shows a run while it goes on. May be called from any thread.</summary>
public interface IProgressView
{
    /// <summary>Takes a closed second; ignored after <see cref="Finish"/>.</summary>
    void Update(RunSecond second);

    /// <summary>Takes what a node says of a run that goes on elsewhere; ignored after <see cref="Finish"/>.</summary>
    void Update(RunStatusJson status);

    /// <summary>Leaves the terminal ready for what comes next. Calling it twice does no harm.</summary>
    void Finish();
}
