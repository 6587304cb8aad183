using System.Text.Json;
using ActorLoad.Host.Reports.Model;

namespace ActorLoad.Host.Reports.Folders;

/// <summary>Reads <c>timeline.jsonl</c>, also of a run that was killed in the middle of a line.</summary>
public static class TimelineReader
{
    /// <summary>The lines in order. What is no line of a timeline is left out and counted in <c>Damaged</c>.</summary>
    /// <exception cref="RunFolderException">The file cannot be read.</exception>
    public static (IReadOnlyList<TimelineLine> Lines, int Damaged) Read(string path)
    {
        var lines = new List<TimelineLine>();
        var damaged = 0;
        try
        {
            foreach (var text in File.ReadLines(path).Where(l => l.Length > 0))
            {
                if (Parse(text) is { } line)
                {
                    lines.Add(line);
                }
                else
                {
                    damaged++;
                }
            }
        }
        catch (Exception e) when (RunFolderException.IsFileTrouble(e))
        {
            throw new RunFolderException($"{path} cannot be read: {e.Message}", e);
        }

        return (lines, damaged);
    }

    private static TimelineLine? Parse(string text)
    {
        try
        {
            return JsonSerializer.Deserialize<TimelineLine>(text, ReportJson.Line);
        }
        catch (JsonException)
        {
            return null;
        }
    }
}
