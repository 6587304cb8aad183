using ActorLoad.Actors.Stats;
using ActorLoad.Actors.Tests.Coordination;
using ActorLoad.Messages.Cluster;
using ActorLoad.Messages.Identifiers;
using ActorLoad.Messages.Protocol;
using ActorLoad.Messages.Stats;
using ActorLoad.Messages.Wire;

namespace ActorLoad.Actors.Tests.Stats;

public sealed class WindowSpoolTests : IDisposable
{
    private static readonly RunId Run = new("run");
    private static readonly WorkerId Worker = new("node#1");

    private readonly string _folder = Path.Combine(Path.GetTempPath(), Path.GetRandomFileName());

    private string Windows => new SpoolFiles(_folder, Run, Worker).Windows;

    public void Dispose()
    {
        if (Directory.Exists(_folder))
        {
            Directory.Delete(_folder, recursive: true);
        }
    }

    [Fact]
    public void What_was_appended_can_be_read_by_its_number_also_by_whoever_opens_it_later()
    {
        using (var spool = new WindowSpool(Windows))
        {
            Assert.Null(spool.Read(0));
            Assert.False(File.Exists(Windows));
            for (var number = 3; number < 10; number++)
            {
                spool.Append(Window(number));
                AssertSame(Window(number), spool.Read(number));
            }

            AssertSame(Window(3), spool.Read(3));
            Assert.Null(spool.Read(2));
        }

        using var again = WindowSpool.OpenForReading(Windows);
        Assert.Equal(Enumerable.Range(3, 7), again.Numbers.Order());
        Assert.All(again.Numbers, n => AssertSame(Window(n), again.Read(n)));
    }

    [Fact]
    public void A_last_record_that_is_cut_anywhere_is_left_out()
    {
        using (var spool = new WindowSpool(Windows))
        {
            spool.Append(Window(0));
            spool.Append(Window(1));
        }

        var whole = File.ReadAllBytes(Windows);
        var first = 4 + BitConverter.ToInt32(whole, 0);
        for (var cut = first; cut < whole.Length; cut += 7)
        {
            File.WriteAllBytes(Windows, whole[..cut]);
            using var spool = WindowSpool.OpenForReading(Windows);
            Assert.Equal([0], spool.Numbers);
            Assert.Equal(cut > first, spool.IsCut);
        }
    }

    [Fact]
    public void What_is_no_record_ends_the_spool()
    {
        Directory.CreateDirectory(Path.GetDirectoryName(Windows)!);
        foreach (var bytes in new byte[][] { [], [1], [0, 0, 0, 0], [255, 255, 255, 255, 1], [2, 0, 0, 0, 1, 1, 1], [255, 255, 255, 127, 1] })
        {
            File.WriteAllBytes(Windows, bytes);
            using var spool = WindowSpool.OpenForReading(Windows);
            Assert.Empty(spool.Numbers);
        }
    }

    [Fact]
    public void A_place_where_nothing_can_be_written_is_an_io_error()
    {
        File.WriteAllText(_folder + "-file", "");
        try
        {
            using var spool = new WindowSpool(Path.Combine(_folder + "-file", "x.windows"));
            Assert.ThrowsAny<IOException>(() => spool.Append(Window(0)));
            Assert.Null(spool.Read(0));
        }
        finally
        {
            File.Delete(_folder + "-file");
        }
    }

    [Fact]
    public void Only_the_owner_may_read_what_is_kept()
    {
        if (OperatingSystem.IsWindows())
        {
            return;
        }

        using var spool = new WindowSpool(Windows);
        spool.Append(Window(0));
        var files = new SpoolFiles(_folder, Run, Worker);
        files.WriteRun(Description(1));
        foreach (var file in Directory.GetFiles(_folder, "*", SearchOption.AllDirectories))
        {
            Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(file));
        }
    }

    [Fact]
    public void What_the_run_is_stands_beside_its_windows_in_its_newest_form_and_all_goes_together()
    {
        var files = new SpoolFiles(_folder, Run, Worker);
        Assert.Equal(Path.Combine(_folder, "run", "node#1.windows"), files.Windows);
        files.Delete();
        files.WriteRun(Description(40));
        files.WriteRun(Description(2));
        var written = (WorkerProtocol.RunDescription)WireMessages.Decode(
            "run-description/1", File.ReadAllBytes(Path.Combine(_folder, "run", "node#1.run")));
        Assert.Equal(2, written.Roster.Workers.Length);

        using var spool = new WindowSpool(files.Windows);
        spool.Append(Window(0));
        var other = new SpoolFiles(_folder, Run, new WorkerId("other#2"));
        other.WriteRun(Description(1));
        files.Delete();
        Assert.Equal(["other#2.run"], Directory.GetFiles(Path.Combine(_folder, "run")).Select(Path.GetFileName));
        other.Delete();
        Assert.Empty(Directory.GetFileSystemEntries(_folder));
    }

    [Theory]
    [InlineData("run..", "../../x")]
    [InlineData("-", "a/b\\c:d")]
    public void No_name_leads_out_of_the_folder(string run, string worker)
    {
        var path = new SpoolFiles(_folder, new RunId(run), new WorkerId(worker)).Windows;
        Assert.Equal(_folder, Path.GetDirectoryName(Path.GetDirectoryName(Path.GetFullPath(path))));
    }

    private static WorkerProtocol.RunDescription Description(int workers) => new(
        new RunOrder(Run, SmallScenario.Create((1, 1)), "text", DateTimeOffset.UnixEpoch),
        new Roster(1, 1, TimeSpan.Zero, [.. Enumerable.Range(0, workers).Select(i => new RosterEntry(new WorkerId($"{i}"), "", 0, RosterState.Active, []))]),
        DateTimeOffset.UnixEpoch);

    private static StatsWindow Window(int number) => Coordination.Windows.Create(Run, Worker, number);

    private static void AssertSame(StatsWindow expected, StatsWindow? window)
    {
        Assert.NotNull(window);
        Assert.Equal(WireMessages.Encode(new WorkerProtocol.WindowReport(expected)), WireMessages.Encode(new WorkerProtocol.WindowReport(window)));
    }
}
