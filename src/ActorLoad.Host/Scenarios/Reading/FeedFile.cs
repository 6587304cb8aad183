using System.Text.Unicode;
using CsvHelper;

namespace ActorLoad.Host.Scenarios.Reading;

/// <summary>
/// Reads the CSV file of a feed (RFC 4180, UTF-8 with or without a byte order mark; empty lines are skipped). Every problem
/// is told with its line; none shows a value, for feeds are where passwords stand.
/// </summary>
/// <param name="mistake">Takes a line, 0 for the file as a whole, and what is wrong.</param>
internal sealed class FeedFile(string path, char delimiter, Action<int, string> mistake)
{
    /// <summary>All rows travel to every worker and stay in memory there.</summary>
    public const int MaxBytes = 64 * 1024 * 1024;

    private const int MostMistakes = 10;

    private readonly List<string[]> _rows = [];
    private int _mistakes;

    /// <returns>Null when there is a mistake.</returns>
    public (IReadOnlyList<string> Columns, IReadOnlyList<string[]> Rows)? Read()
    {
        try
        {
            if (new FileInfo(path).Length > MaxBytes)
            {
                Tell(0, $"the file is larger than {MaxBytes / 1024 / 1024} MiB");
                return null;
            }

            var bytes = File.ReadAllBytes(path);
            if (Utf8.IsValid(bytes))
            {
                return Read(bytes);
            }

            Tell(0, "the file is no valid UTF-8");
        }
        catch (IOException e)
        {
            Tell(0, $"the file cannot be read: {e.Message}");
        }
        catch (UnauthorizedAccessException)
        {
            Tell(0, "the file cannot be read: access is denied");
        }

        return null;
    }

    private (IReadOnlyList<string>, IReadOnlyList<string[]>)? Read(byte[] bytes)
    {
        var broken = false;
        using var reader = CsvReader.Create(bytes, new CsvReaderOptions
        {
            Separator = delimiter,
            HasHeader = false,
            DetectSeparatorHint = false,
            TrackLineNumbers = true,
            PoolStrings = true,
            OnMalformedRecord = _ => broken = true,
        });
        string[]? columns = null;
        while (_mistakes < MostMistakes && reader.Read())
        {
            var line = (int)reader.LineNumber;
            if (broken)
            {
                broken = false;
                columns ??= [];
                Tell(line, "broken quoting: a field with quotes begins and ends with one, and quotes within it are doubled");
            }
            else if (columns is null)
            {
                columns = [.. Fields(reader).Select(c => c.Trim())];
                CheckColumns(columns, line);
            }
            else if (columns.Length > 0 && reader.FieldCount != columns.Length)
            {
                Tell(line, $"the row has {Count(reader.FieldCount)}, the header has {Count(columns.Length)}");
            }
            else
            {
                _rows.Add(Fields(reader));
            }
        }

        if (_mistakes == 0 && _rows.Count == 0)
        {
            Tell(0, columns is null
                ? "the file is empty; expected a header with the names of the columns, and rows"
                : "the file has no rows below its header");
        }

        return _mistakes == 0 ? (columns!, _rows) : null;
    }

    private void CheckColumns(string[] columns, int line)
    {
        for (var i = 0; i < columns.Length; i++)
        {
            if (columns[i].Length == 0)
            {
                Tell(line, $"column {i + 1} has no name");
            }
            else if (columns[i].Contains("}}", StringComparison.Ordinal))
            {
                Tell(line, $"the name of column {i + 1} contains '}}}}', which ends a field of a template");
            }
            else if (Array.IndexOf(columns, columns[i]) < i)
            {
                Tell(line, $"there are two columns named '{columns[i]}'");
            }
        }
    }

    private static string[] Fields(CsvReader reader)
    {
        var fields = new string[reader.FieldCount];
        for (var i = 0; i < fields.Length; i++)
        {
            fields[i] = reader.GetString(i);
        }

        return fields;
    }

    private static string Count(int fields) => fields == 1 ? "1 field" : $"{fields} fields";

    private void Tell(int line, string problem)
    {
        if (_mistakes++ < MostMistakes)
        {
            mistake(line, problem);
        }
    }
}
