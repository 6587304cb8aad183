using System.Globalization;
using ActorLoad.Host.Reports.Folders;
using ActorLoad.Host.Reports.Model;
using ActorLoad.Host.Reports.Wording;
using ActorLoad.Messages.Stats;

namespace ActorLoad.Host.Running;

/// <summary><c>run.log</c> of a run in a cluster: what happened to it, a line each. It is a courtesy; that it cannot be written stops nothing.</summary>
internal sealed class RunLog(string path)
{
    private bool _broken;

    /// <summary>Only marks; seconds without one say nothing.</summary>
    public void Add(RunSecond second)
    {
        foreach (var mark in second.Marks)
        {
            Add(MarkText.Of(SummaryMark.From(mark)));
        }
    }

    public void Add(string text)
    {
        if (_broken)
        {
            return;
        }

        try
        {
            File.AppendAllText(path, string.Create(CultureInfo.InvariantCulture, $"{DateTime.UtcNow:yyyy-MM-dd HH:mm:ss.fff} {text}\n"));
        }
        catch (Exception e) when (RunFolderException.IsFileTrouble(e))
        {
            _broken = true;
        }
    }
}
