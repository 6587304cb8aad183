using System.Buffers.Binary;
using System.IO.Compression;
using System.Text.Json.Nodes;
using ActorLoad.Host.Reports.Folders;
using ActorLoad.Host.Reports.Model;
using ActorLoad.Messages.Failures;
using ActorLoad.Messages.Identifiers;
using ActorLoad.Messages.Stats;
using HdrHistogram;

namespace ActorLoad.Host.Tests.Reports;

public class RunFolderTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    private RunFolder Create() => RunFolder.Create(WindowBuilder.Run, _folder.File("out"));

    private string Out(string name) => Path.Combine(_folder.File("out"), name);

    [Fact]
    public void No_run_takes_the_place_of_the_spool()
    {
        using var results = new TemporaryFolder();
        Assert.Contains("no run can be called spool", Assert.Throws<RunFolderException>(() => RunFolder.CreateIn(results.Path, new RunId("spool"))).Message, StringComparison.Ordinal);
        Assert.Empty(Directory.EnumerateFileSystemEntries(results.Path));
    }

    [Fact]
    public void A_new_folder_is_made_with_its_parents_and_is_empty()
    {
        using var folder = RunFolder.Create(WindowBuilder.Run, _folder.File("a/b/c"));
        Assert.Equal(_folder.File("a/b/c"), folder.Path);
        Assert.Empty(Directory.GetFileSystemEntries(folder.Path));
        Assert.Equal(_folder.File("a/b/c/run.log"), folder.LogPath);
    }

    [Fact]
    public void An_empty_folder_that_exists_is_taken()
    {
        Directory.CreateDirectory(_folder.File("out"));
        using var folder = Create();
        Assert.Equal(_folder.File("out"), folder.Path);
    }

    [Fact]
    public void A_folder_with_something_in_it_is_refused_and_untouched()
    {
        Directory.CreateDirectory(_folder.File("out"));
        File.WriteAllText(Out("summary.json"), "precious");
        var error = Assert.Throws<RunFolderException>(Create);
        Assert.Contains("is not empty", error.Message, StringComparison.Ordinal);
        Assert.Equal("precious", File.ReadAllText(Out("summary.json")));
    }

    [Theory]
    [InlineData("file/below")]
    [InlineData("file")]
    [InlineData("nul\0character")]
    public void A_folder_that_cannot_be_made_is_one_sentence(string name)
    {
        File.WriteAllText(_folder.File("file"), "");
        var error = Assert.Throws<RunFolderException>(() => RunFolder.Create(WindowBuilder.Run, Path.Combine(_folder.Path, name)));
        Assert.Contains("cannot be written", error.Message, StringComparison.Ordinal);
        Assert.DoesNotContain('\n', error.Message);
    }

    [Fact]
    public void An_empty_name_is_refused() => Assert.Throws<RunFolderException>(() => RunFolder.Create(WindowBuilder.Run, ""));

    [Fact]
    public void A_finished_run_leaves_all_its_files()
    {
        using (var folder = Create())
        {
            folder.WriteScenario("scenario { name = orders }\n");
            foreach (var second in SampleRun.Seconds())
            {
                folder.Append(second);
            }

            folder.WriteSummary(SummaryBuilder.Build(SampleRun.Outcome(SampleRun.Totals()), SampleRun.Scenario()));
            Assert.Null(folder.Problem);
        }

        Assert.Equal(
            ["histograms.hlog", "scenario.conf", "summary.json", "timeline.jsonl"],
            Directory.GetFiles(_folder.File("out")).Select(Path.GetFileName).Order());
        Assert.Equal("scenario { name = orders }\n", File.ReadAllText(Out("scenario.conf")));
    }

    [Fact]
    public void Every_second_can_be_read_as_soon_as_it_is_appended()
    {
        using var folder = Create();
        foreach (var second in SampleRun.Seconds())
        {
            folder.Append(second);
            Assert.Equal(second.Number + 1, TimelineReader.Read(Out("timeline.jsonl")).Lines.Count);
            Assert.Equal((second.Number + 1) * 60, HistogramSums.Read(Out("histograms.hlog"))[Timing.ConnectTime].TotalCount);
        }
    }

    [Fact]
    public void A_line_of_the_timeline_tells_what_happened_in_its_second_and_nothing_else()
    {
        using (var folder = Create())
        {
            folder.Append(new WindowBuilder(0).Second());
            folder.Append(new WindowBuilder(1)
                .Gauges(7, 6)
                .Events("message", 3)
                .Time(Timing.ConnectTime, 1000, 2000)
                .Failure(FailureWhere.Connect, FailureReason.Tls, 2, "bad\ncertificate")
                .Health(new GeneratorHealth(2.125, 0.5, 0.25, 9, 1, 1.5, 3))
                .Second());
        }

        var lines = File.ReadAllLines(Out("timeline.jsonl"));
        Assert.Equal(2, lines.Length);
        var expected = JsonNode.Parse(
            """
            { "number": 1, "t": 1, "startedAt": "2026-03-01T12:00:01+00:00", "length": 1, "run": "20260301-120000-orders-1a2b",
              "gauges": { "users_active": 7, "streams_open": 6 }, "gaugesMax": { "users_active": 7, "streams_open": 6 },
              "counters": { "events": 3 },
              "timings": { "connect_time": { "count": 2, "p50": 1, "p99": 2, "max": 2 } },
              "events": { "message": 3 },
              "failures": [ { "where": "connect", "reason": "tls", "count": 2, "sample": "bad certificate" } ],
              "health": { "worker-1": { "lagMs": 2.125, "cpuShare": 0.5, "gcPauseShare": 0.25, "queueMax": 9, "queueMin": 1,
                "readBacklogMs": 1.5, "arrivalsDropped": 3 } } }
            """);
        Assert.True(JsonNode.DeepEquals(expected, JsonNode.Parse(lines[1])), lines[1]);
    }

    [Fact]
    public void The_histogram_log_read_by_the_library_adds_up_to_the_totals_bucket_by_bucket()
    {
        using (var folder = Create())
        {
            foreach (var second in SampleRun.Seconds())
            {
                folder.Append(second);
            }
        }

        using var stream = File.OpenRead(Out("histograms.hlog"));
        using var reader = new HistogramLogReader(stream);
        var intervals = reader.ReadHistograms().ToList();
        Assert.Equal(SampleRun.SecondCount * 6, intervals.Count);
        Assert.Equal(WindowBuilder.Start.ToUnixTimeMilliseconds(), intervals[0].StartTimeStamp);
        Assert.Equal(1000, intervals[0].EndTimeStamp - intervals[0].StartTimeStamp);
        foreach (var (timing, total) in SampleRun.Totals().Timings)
        {
            var sum = HistogramCodec.Create();
            foreach (var interval in intervals.Where(i => i.Tag == timing.Name()))
            {
                sum.Add(interval);
            }

            Assert.Equal(Buckets(total), Buckets(sum));
        }

        static IEnumerable<(long, long)> Buckets(HistogramBase h) => [.. h.RecordedValues().Select(v => (v.ValueIteratedTo, v.CountAtValueIteratedTo))];
    }

    [Fact]
    public void The_histogram_log_is_plain_text_for_readers_in_any_language()
    {
        using (var folder = Create())
        {
            folder.Append(new WindowBuilder(0).Time(Timing.ConnectTime, 1500).Second());
        }

        var lines = File.ReadAllLines(Out("histograms.hlog"));
        Assert.Equal("#[Histogram log format version 1.3]", lines[0]);
        Assert.StartsWith("#[StartTime: 1772366400.000 (seconds since epoch), 2026-03-01T12:00:00", lines[2], StringComparison.Ordinal);
        Assert.Equal("\"StartTimestamp\",\"Interval_Length\",\"Interval_Max\",\"Interval_Compressed_Histogram\"", lines[3]);
        Assert.StartsWith("Tag=connect_time,1772366400.000,1.000,1.500,HIST", lines[4], StringComparison.Ordinal);
        Assert.Equal((byte)'#', File.ReadAllBytes(Out("histograms.hlog"))[0]);

        // What is compressed is zlib with its checksum (RFC 1950), without which zlib libraries refuse the end of the data.
        var payload = Convert.FromBase64String(lines[4].Split(',')[^1]);
        using var zlib = new ZLibStream(new MemoryStream(payload, 8, payload.Length - 8), CompressionMode.Decompress);
        using var plain = new MemoryStream();
        zlib.CopyTo(plain);
        Assert.Equal(Adler32(plain.ToArray()), BinaryPrimitives.ReadUInt32BigEndian(payload.AsSpan(payload.Length - 4)));
        Assert.Equal(payload.Length - 8, BinaryPrimitives.ReadInt32BigEndian(payload.AsSpan(4)));
    }

    private static uint Adler32(byte[] data)
    {
        var (a, b) = (1u, 0u);
        foreach (var value in data)
        {
            a = (a + value) % 65521;
            b = (b + a) % 65521;
        }

        return (b << 16) | a;
    }

    [Fact]
    public void A_timeline_that_can_no_longer_be_written_is_a_problem_told_once_not_an_exception()
    {
        using var folder = Create();
        Directory.Delete(folder.Path);
        folder.Append(SampleRun.Seconds()[0]);
        folder.Append(SampleRun.Seconds()[1]);
        Assert.StartsWith($"the timeline in {folder.Path} ends at second 0:", folder.Problem, StringComparison.Ordinal);
        Assert.Throws<RunFolderException>(() => folder.WriteScenario(""));
    }

    public void Dispose() => _folder.Dispose();
}
