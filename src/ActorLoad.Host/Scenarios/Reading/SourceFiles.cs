using ActorLoad.Host.Scenarios.Hocon;

namespace ActorLoad.Host.Scenarios.Reading;

/// <summary>Reads a scenario file and what it includes; names in an include are relative to the file that says so.</summary>
internal sealed class SourceFiles
{
    /// <summary>In characters. Nobody writes such scenarios, but somebody names a device or a log file by mistake.</summary>
    private const int MaxLength = 4 * 1024 * 1024;

    private readonly Stack<string> _open = new();

    /// <exception cref="HoconException">The text is no HOCON.</exception>
    /// <exception cref="IOException">A file cannot be read; the message says why without naming it.</exception>
    public static RawObject Read(string path) => new SourceFiles().Read(path, []);

    private RawObject Read(string path, IReadOnlyList<string> prefix)
    {
        var full = Path.GetFullPath(path);
        if (_open.Contains(full))
        {
            throw new IOException("the file includes itself");
        }

        _open.Push(full);
        var folder = Path.GetDirectoryName(path) ?? "";
        var root = HoconParser.Parse(Text(path), path, prefix, (name, at) => Read(Path.Combine(folder, name), at));
        _open.Pop();
        return root;
    }

    private static string Text(string path)
    {
        try
        {
            if (Directory.Exists(path))
            {
                throw new IOException("it is a folder");
            }

            using var reader = new StreamReader(path);
            var buffer = new char[4096];
            var text = new System.Text.StringBuilder();
            int count;
            while ((count = reader.Read(buffer)) > 0)
            {
                text.Append(buffer, 0, count);
                if (text.Length > MaxLength)
                {
                    throw new IOException($"it is longer than {MaxLength / 1024 / 1024} million characters");
                }
            }

            return text.ToString();
        }
        catch (Exception e) when (e is FileNotFoundException or DirectoryNotFoundException)
        {
            throw new IOException("there is no such file", e);
        }
        catch (UnauthorizedAccessException e)
        {
            throw new IOException("access is denied", e);
        }
    }
}
