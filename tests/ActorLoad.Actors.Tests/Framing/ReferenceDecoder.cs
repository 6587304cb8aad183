using System.Globalization;
using System.Numerics;
using System.Text;
using System.Text.RegularExpressions;
using ActorLoad.Actors.Framing;

namespace ActorLoad.Actors.Tests.Framing;

/// <summary>
/// The standard's algorithm written down as naively as it reads: the whole stream as text, split into lines at once. It
/// shares nothing with the decoder under test but the words.
/// </summary>
internal static class ReferenceDecoder
{
    public static List<string> Decode(byte[] stream, string lastEventId)
    {
        var seen = new List<string>();
        var text = Encoding.UTF8.GetString(stream);
        if (text.Length > 0 && text[0] == '\uFEFF')
        {
            text = text[1..];
        }

        // What stands after the last line end is no line: the stream ended in its middle.
        var lines = Regex.Split(text, "\r\n|\r|\n");
        var data = "";
        var type = "";
        var id = lastEventId;
        var idTaken = false;
        foreach (var line in lines[..^1])
        {
            if (line == "")
            {
                if (idTaken)
                {
                    seen.Add(Seen.Id(id));
                }

                if (data != "")
                {
                    seen.Add(Seen.Event(data.EndsWith('\n') ? data[..^1] : data, type, id));
                }

                (data, type, idTaken) = ("", "", false);
                continue;
            }

            var colon = line.IndexOf(':', StringComparison.Ordinal);
            var field = colon < 0 ? line : line[..colon];
            var value = colon < 0 ? "" : line[(colon + 1)..];
            if (value.StartsWith(' '))
            {
                value = value[1..];
            }

            switch (field)
            {
                case "":
                    seen.Add(Seen.Comment(value));
                    break;
                case "data":
                    data += value + "\n";
                    break;
                case "event":
                    type = value;
                    break;
                case "id" when !value.Contains('\0', StringComparison.Ordinal):
                    (id, idTaken) = (value, true);
                    break;
                case "retry" when Regex.IsMatch(value, @"\A[0-9]+\z"):
                    var number = BigInteger.Parse(value, NumberStyles.None, CultureInfo.InvariantCulture);
                    seen.Add(Seen.Retry((long)BigInteger.Min(number, SseDecoder.MaxRetryMs)));
                    break;
            }
        }

        return seen;
    }
}
