using System.Text;
using System.Text.RegularExpressions;

namespace ActorLoad.Host.Tests.Reports;

/// <summary>The little of a terminal that progress needs: text, line feed, carriage return, cursor up, clear line, clear screen, colours.</summary>
internal sealed partial class Screen
{
    private readonly List<StringBuilder> _lines = [new()];
    private int _row;
    private int _column;

    public string[] Lines => [.. _lines.Select(l => l.ToString().TrimEnd())];

    public void Write(string text)
    {
        foreach (Match token in Tokens().Matches(text))
        {
            var value = token.Value;
            if (value == "\n")
            {
                _row++;
                _column = 0;
                if (_row == _lines.Count)
                {
                    _lines.Add(new StringBuilder());
                }
            }
            else if (value == "\r")
            {
                _column = 0;
            }
            else if (value[0] == '\e')
            {
                Control(value);
            }
            else
            {
                Put(value[0]);
            }
        }
    }

    private void Control(string sequence)
    {
        switch (sequence[^1])
        {
            case 'A':
                _row -= int.Parse(sequence[2..^1], System.Globalization.CultureInfo.InvariantCulture);
                Assert.True(_row >= 0, "the cursor went above the screen");
                break;
            case 'K':
                _lines[_row].Length = Math.Min(_lines[_row].Length, _column);
                break;
            case 'J':
                _lines[_row].Length = Math.Min(_lines[_row].Length, _column);
                _lines.RemoveRange(_row + 1, _lines.Count - _row - 1);
                break;
            case 'm':
                break;
            default:
                Assert.Fail($"unexpected escape sequence {sequence[1..]}");
                break;
        }
    }

    private void Put(char c)
    {
        var line = _lines[_row];
        line.Append(' ', Math.Max(0, _column + 1 - line.Length));
        line[_column++] = c;
    }

    [GeneratedRegex(@"\e\[[0-9;?]*[A-Za-z]|[\s\S]")]
    private static partial Regex Tokens();
}
