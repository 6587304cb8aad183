using Spectre.Console;
using Spectre.Console.Rendering;

namespace ActorLoad.Host.Reports.Terminal;

/// <summary>
/// Lines that replace themselves in place. Each redraw is one write that goes back up, overwrites and clears what is left of
/// each line, so nothing flickers. The cursor stays visible and below the block, so there is nothing to restore when the
/// process dies in between. Lines too long for the terminal are cut: a wrapped one would break the count of lines.
/// </summary>
public sealed class RefreshingBlock
{
    private const string ClearToEndOfLine = "\e[K";
    private const string ClearToEndOfScreen = "\e[J";

    private int _drawn;

    public void Draw(IAnsiConsole console, params IRenderable[] lines)
    {
        console.Write(new Frame(_drawn, lines));
        _drawn = lines.Length;
    }

    public void Erase(IAnsiConsole console)
    {
        if (_drawn > 0)
        {
            console.Write(new Frame(_drawn, []));
            _drawn = 0;
        }
    }

    private sealed class Frame(int up, IRenderable[] lines) : Renderable
    {
        protected override IEnumerable<Segment> Render(RenderOptions options, int maxWidth)
        {
            yield return Segment.Control(up > 0 ? $"\r\e[{up}A" : "\r");
            foreach (var line in lines)
            {
                // One column stays free: writing into the last one makes some terminals wrap.
                var segments = Segment.SplitLines(line.Render(options, 10_000))[0];
                foreach (var segment in Segment.Truncate(segments, maxWidth - 1))
                {
                    yield return segment;
                }

                yield return Segment.Control(ClearToEndOfLine);
                yield return Segment.LineBreak;
            }

            yield return Segment.Control(ClearToEndOfScreen);
        }
    }
}
