using System.Collections.Concurrent;
using System.Text.Json.Nodes;
using ActorLoad.TestServer;
using ActorLoad.TestServer.Framing;

namespace ActorLoad.Program.Tests.Tap;

/// <summary>
/// Framing cases through the whole program: every fourth one of the table, which takes in every theme, by turns in one write and byte
/// by byte. The decoder's own tests run them all, at every split. One fact for many cases, a few processes at a time: each case costs
/// a start of the program, and every case that fails is told by name.
/// </summary>
public sealed class FramingTests
{
    private const int ProcessesAtATime = 3;

    private static readonly FramingCase[] Cases = [.. FramingCases.All.Where((_, i) => i % 4 == 0)];

    [Fact]
    public Task Every_case_of_half_of_them_sent_in_one_write() =>
        EveryCaseAsync(0, (script, bytes) => script.StreamOfLength(bytes.Length).Send(bytes));

    [Fact]
    public Task Every_case_of_the_other_half_sent_byte_by_byte() =>
        EveryCaseAsync(1, (script, bytes) => script.ChunkedStream().ChunkByteByByte(bytes).EndChunks());

    [Fact]
    public void There_are_enough_cases_and_their_names_are_unique()
    {
        Assert.True(Cases.Length >= 75, $"{Cases.Length} cases");
        Assert.Equal(FramingCases.All.Count, FramingCases.All.Select(c => c.Name).Distinct().Count());
    }

    private static async Task EveryCaseAsync(int half, Func<Script, byte[], Script> respond)
    {
        var failures = new ConcurrentBag<string>();
        var limit = new ParallelOptions { MaxDegreeOfParallelism = ProcessesAtATime };
        await Parallel.ForEachAsync(Cases.Where((_, i) => i % 2 == half), limit, async (framingCase, _) =>
        {
            if (await RunAsync(framingCase, respond) is { } failure)
            {
                failures.Add($"{framingCase.Name} ({framingCase.Source}): {failure}");
            }
        });
        Assert.True(
            failures.IsEmpty,
            $"{failures.Count} cases failed:\n{string.Join('\n', failures.Order(StringComparer.Ordinal))}");
    }

    private static async Task<string?> RunAsync(FramingCase framingCase, Func<Script, byte[], Script> respond)
    {
        try
        {
            await using var server = ScriptedServer.Start(respond(Script.OnRequest(), framingCase.Bytes));
            var result = await TapCommand.RunAsync(server.Url);
            return result.Difference(0, ExpectedLines(framingCase));
        }
        catch (Exception e)
        {
            return e.Message;
        }
    }

    private static List<JsonObject> ExpectedLines(FramingCase framingCase)
    {
        var summary = TapLine.Summary(
            events: framingCase.Expected.OfType<FramingExpectation.Event>().Count(),
            comments: framingCase.Expected.OfType<FramingExpectation.Comment>().Count());
        summary["bytes"] = framingCase.Bytes.Length;
        return [TapLine.Open(), .. framingCase.Expected.Select(ExpectedLine), TapLine.Close("eof"), summary];
    }

    private static JsonObject ExpectedLine(FramingExpectation expectation) => expectation switch
    {
        FramingExpectation.Event e => TapLine.Event(e.Data, e.LastEventId, e.Type),
        FramingExpectation.Comment c => TapLine.Comment(c.Text),
        FramingExpectation.Retry r => TapLine.Retry(r.Milliseconds),
        _ => throw new InvalidOperationException($"No line for {expectation}."),
    };
}
