using System.Text.Json;
using ActorLoad.Host.Reports.Folders;

namespace ActorLoad.Host.Reports.Model;

/// <summary>Reads and writes <c>summary.json</c>.</summary>
public static class SummaryFile
{
    public const string Name = "summary.json";

    public static string ToJson(Summary summary) => JsonSerializer.Serialize(summary, ReportJson.Indented);

    /// <summary>Whole or not at all: a reader never finds half a summary, and a failed write leaves the old one.</summary>
    /// <exception cref="RunFolderException">The file cannot be written.</exception>
    public static void Write(string path, Summary summary)
    {
        var temporary = path + ".tmp";
        try
        {
            File.WriteAllText(temporary, ToJson(summary) + "\n");
            File.Move(temporary, path, overwrite: true);
        }
        catch (Exception e) when (RunFolderException.IsFileTrouble(e))
        {
            throw new RunFolderException($"{path} cannot be written: {e.Message}", e);
        }
    }

    /// <exception cref="RunFolderException">The file cannot be read, or is no summary of this version.</exception>
    public static Summary Read(string path)
    {
        try
        {
            return Parse(File.ReadAllText(path), path);
        }
        catch (Exception e) when (RunFolderException.IsFileTrouble(e))
        {
            throw new RunFolderException($"{path} cannot be read: {e.Message}", e);
        }
    }

    /// <param name="path">Where the text comes from, for messages.</param>
    /// <exception cref="RunFolderException">The text is no summary of this version.</exception>
    public static Summary Parse(string json, string path)
    {
        Summary? summary;
        try
        {
            summary = JsonSerializer.Deserialize<Summary>(json, ReportJson.Indented);
        }
        catch (JsonException e)
        {
            throw new RunFolderException($"{path} is no run summary: {e.Message}", e);
        }

        if (summary?.Run is null)
        {
            throw new RunFolderException($"{path} is no run summary: it names no run");
        }

        return summary.Schema == Summary.CurrentSchema ? summary : throw new RunFolderException(
            $"{path} has schema {summary.Schema}, and this version of actorload reads schema {Summary.CurrentSchema}");
    }
}
