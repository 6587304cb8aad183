namespace ActorLoad.Host.Scenarios.Hocon;

/// <summary>
/// Reads HOCON text into raw objects that know their lines. Akka.NET's own parser keeps no positions and accepts unclosed
/// or misspelt text silently, so scenarios, whose mistakes have to be named with file and line, have this reader.
/// </summary>
internal sealed class HoconParser
{
    /// <summary>Deeper nesting is a mistake, not a reason to run out of stack.</summary>
    private const int MaxDepth = 64;

    private readonly HoconCursor _cursor;
    private readonly IReadOnlyList<string> _prefix;
    private readonly Func<string, IReadOnlyList<string>, RawObject> _include;
    private int _depth;

    private HoconParser(
        HoconCursor cursor,
        IReadOnlyList<string> prefix,
        Func<string, IReadOnlyList<string>, RawObject> include)
    {
        _cursor = cursor;
        _prefix = prefix;
        _include = include;
    }

    /// <param name="prefix">The path at which an included file stands; empty for the main file.</param>
    /// <param name="include">Reads an included file: its name as written and the path it is included at; its HoconException or
    /// IOException is reported at the line of the include.</param>
    /// <exception cref="HoconException">The text is no HOCON object.</exception>
    public static RawObject Parse(
        string text,
        string file,
        IReadOnlyList<string> prefix,
        Func<string, IReadOnlyList<string>, RawObject> include)
    {
        var cursor = new HoconCursor(text, file);
        var parser = new HoconParser(cursor, prefix, include);
        cursor.SkipToContent();
        if (cursor.Peek == '[')
        {
            throw cursor.Error("expected keys and values, found a list");
        }

        var braces = cursor.Peek == '{';
        var root = braces ? parser.ReadObject(prefix) : parser.ReadFields(prefix, null);
        cursor.SkipToContent();
        return cursor.AtEnd ? root : throw cursor.Error($"unexpected '{cursor.Peek}' after the end of the configuration");
    }

    /// <summary>Reads a single value, as given on the command line.</summary>
    /// <exception cref="HoconException">The text is no HOCON value.</exception>
    public static RawValue ParseValue(string text, string file)
    {
        var cursor = new HoconCursor(text, file);
        var parser = new HoconParser(cursor, [], (name, _) => throw cursor.Error($"cannot include '{name}' here"));
        cursor.SkipToContent();
        var value = parser.ReadValue([], "the value", cursor.Position);
        cursor.SkipToContent();
        return cursor.AtEnd ? value : throw cursor.Error($"unexpected '{cursor.Peek}' after the value");
    }

    private RawObject ReadObject(IReadOnlyList<string> path)
    {
        var opened = _cursor.Line;
        _cursor.Next();
        Enter();
        var result = ReadFields(path, opened);
        _depth--;
        return result;
    }

    /// <param name="opened">The line of the opening brace; null when the fields go on to the end of the file.</param>
    private RawObject ReadFields(IReadOnlyList<string> path, int? opened)
    {
        var result = new RawObject();
        while (true)
        {
            _cursor.SkipToContent();
            if (_cursor.AtEnd)
            {
                return opened is { } line ? throw _cursor.Error("a '{' is never closed", line) : result;
            }

            if (opened is not null && _cursor.Take("}"))
            {
                return result;
            }

            if (!TryReadInclude(result, path))
            {
                ReadField(result, path);
            }

            // A comma or a line end parts two fields; after '}' or ']' nothing is needed, which HOCON would refuse anyway.
            _cursor.SkipToContent();
            _cursor.Take(",");
        }
    }

    private void ReadField(RawObject into, IReadOnlyList<string> path)
    {
        var at = _cursor.Position;
        var key = _cursor.TakePath("a key");
        var name = string.Join('.', key);
        IReadOnlyList<string> full = [.. path, .. key];
        RawValue value;
        if (_cursor.Peek == '{')
        {
            value = ReadValue(full, $"'{name}'", at);
        }
        else
        {
            var append = _cursor.Take("+=");
            if (!append && !_cursor.Take("=") && !_cursor.Take(":"))
            {
                throw _cursor.Error($"expected '=', ':' or '{{' after the key '{name}'", at.Line);
            }

            _cursor.SkipToContent();
            value = ReadValue(full, $"'{name}'", at) with { Append = append };
        }

        into.Add(key, value);
    }

    private bool TryReadInclude(RawObject into, IReadOnlyList<string> path)
    {
        if (!_cursor.StartsWith("include \"") && !_cursor.StartsWith("include file(") && !_cursor.StartsWith("include required("))
        {
            return false;
        }

        _cursor.Take("include ");
        var brackets = 0;
        while (_cursor.Take("required(") || _cursor.Take("file("))
        {
            brackets++;
        }

        if (_cursor.Peek != '"')
        {
            throw _cursor.Error("expected a file name in quotes after 'include'");
        }

        var line = _cursor.Line;
        var name = _cursor.TakeQuoted();
        for (; brackets > 0; brackets--)
        {
            if (!_cursor.Take(")"))
            {
                throw _cursor.Error("expected ')' after the name of the included file");
            }
        }

        try
        {
            into.MergeFrom(_include(name, path));
        }
        catch (IOException e)
        {
            throw _cursor.Error($"cannot include '{name}': {e.Message}", line);
        }

        return true;
    }

    /// <summary>One value: a part, or several parts on one line that are to be joined.</summary>
    /// <param name="at">Where its key stands.</param>
    private RawValue ReadValue(IReadOnlyList<string> path, string what, HoconPosition at)
    {
        var parts = new List<RawPart>();
        while (true)
        {
            var blanks = _cursor.TakeBlanks();
            var afterBracket = parts.Count > 0 && parts[^1] is RawNested or RawArray;
            RawPart part;
            switch (_cursor.Peek)
            {
                case '{':
                    part = new RawNested(ReadObject(path));
                    break;
                case '[':
                    part = new RawArray(ReadItems());
                    break;
                case '$':
                    part = ReadSubstitution();
                    break;
                case '"' when !afterBracket:
                    part = new RawText(_cursor.TakeQuoted(), true);
                    break;
                default:
                    if (!_cursor.AtUnquoted || afterBracket)
                    {
                        CheckEndOfValue(afterBracket);
                        return parts.Count > 0
                            ? new RawValue(at, parts)
                            : throw _cursor.Error($"the value of {what} is missing", at.Line);
                    }

                    part = new RawText(_cursor.TakeUnquoted(), false);
                    break;
            }

            if (blanks.Length > 0 && parts.Count > 0)
            {
                parts.Add(new RawBlank(blanks));
            }

            parts.Add(part);
        }
    }

    private void CheckEndOfValue(bool afterBracket)
    {
        if (!afterBracket && !_cursor.AtEnd && !_cursor.AtComment && !"\n,}]".Contains(_cursor.Peek))
        {
            throw _cursor.Error($"'{_cursor.Peek}' cannot stand here; put the text in quotes");
        }
    }

    private List<RawValue> ReadItems()
    {
        var opened = _cursor.Line;
        _cursor.Next();
        Enter();
        var items = new List<RawValue>();
        while (true)
        {
            var separated = _cursor.SkipToContent() || items.Count == 0;
            if (_cursor.Take("]"))
            {
                _depth--;
                return items;
            }

            if (items.Count > 0 && _cursor.Take(","))
            {
                separated = true;
                _cursor.SkipToContent();
                if (_cursor.Peek == ']')
                {
                    continue;
                }
            }

            if (_cursor.AtEnd)
            {
                throw _cursor.Error("a '[' is never closed", opened);
            }

            if (!separated)
            {
                throw _cursor.Error($"expected ',' or ']' in the list, found '{_cursor.Peek}'");
            }

            // Elements of a list have no path: substitutions cannot name them.
            items.Add(ReadValue([], "an element of the list", _cursor.Position));
        }
    }

    private RawSubstitution ReadSubstitution()
    {
        var at = _cursor.Position;
        if (!_cursor.Take("${"))
        {
            throw _cursor.Error("'$' cannot stand here; put the text in quotes");
        }

        var optional = _cursor.Take("?");
        var path = _cursor.TakePath("a path in ${...}");
        return _cursor.Take("}")
            ? new RawSubstitution(path, string.Join('.', path), optional, _prefix, at)
            : throw _cursor.Error("a '${' is never closed", at.Line);
    }

    private void Enter()
    {
        if (++_depth > MaxDepth)
        {
            throw _cursor.Error($"nested more than {MaxDepth} deep");
        }
    }
}
