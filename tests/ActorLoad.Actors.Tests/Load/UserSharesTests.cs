using ActorLoad.Actors.Load;
using ActorLoad.Messages.Plan;
using ActorLoad.Messages.Scenarios;
using CsCheck;

namespace ActorLoad.Actors.Tests.Load;

public sealed class UserSharesTests
{
    private const int Workers = 3;

    private static readonly Gen<LoadPlan> Plans =
        Gen.Select(Gen.Int[0, 20], Gen.Int[0, 200]).Array[1, 6]
            .Select(stages => LoadPlan.Closed(stages.Select(s => (TimeSpan.FromSeconds(s.Item1), s.Item2))));

    // At some moments of a run shares change hands: who has each from then on.
    private static readonly Gen<(int Of, int[][] Deals, int[] Moments)> Moves =
        Gen.Int[1, 24].SelectMany(of => Gen.Select(
            Gen.Int[0, Workers - 1].Array[of].Array[1, 5], Gen.Int[0, 1300].Array[1, 25], (deals, moments) => (of, deals, moments)));

    [Fact]
    public void The_shares_of_all_workers_add_up_to_the_plan_at_every_moment_also_when_they_move() =>
        Gen.Select(Plans, Moves).Sample((plan, moves) =>
        {
            var cluster = new Cluster(plan, moves.Of, leaves: false);
            cluster.Deal(moves.Deals[0]);
            var moments = moves.Moments.Order().ToArray();
            for (var i = 0; i < moments.Length; i++)
            {
                var at = TimeSpan.FromMilliseconds(100 * moments[i]);
                if (i > 0 && i < moves.Deals.Length)
                {
                    // Taken from their owners first, and given when those have answered.
                    var owners = moves.Deals[i];
                    cluster.Deal([.. owners.Select((o, s) => o == cluster.Rosters.OwnerOf(s) ? o : -1)]);
                    cluster.StepAll(at);
                    var held = Enumerable.Range(0, plan.TargetUsersAt(at)).Where(id => cluster.Rosters.OwnerOf(id % moves.Of) >= 0);
                    Assert.Equal(held.Select(id => (long)id), cluster.Active.Order());
                    cluster.Deal(owners);
                }

                cluster.StepAll(at);
                Assert.Equal(Enumerable.Range(0, plan.TargetUsersAt(at)).Select(id => (long)id), cluster.Active.Order());
                Assert.Equal(plan.TargetUsersAt(at), cluster.Wanted);
            }
        });

    [Fact]
    public void No_id_is_given_twice_whoever_leaves_by_itself_and_whoever_has_the_share() =>
        Gen.Select(Plans, Moves, Gen.Int[0, 1000].Array[0, 40]).Sample((plan, moves, leavers) =>
        {
            var cluster = new Cluster(plan, moves.Of, leaves: true);
            for (var i = 0; i < moves.Deals.Length; i++)
            {
                var at = TimeSpan.FromMilliseconds(100 * moves.Moments[i % moves.Moments.Length]);
                cluster.Deal(moves.Deals[i]);
                cluster.StepAll(at);
                foreach (var leaver in leavers)
                {
                    cluster.LeaveOne(leaver);
                }

                Assert.Equal(plan.TargetUsersAt(at), cluster.Active.Count());
            }

            Assert.Equal(cluster.Started.Count, cluster.Started.Distinct().Count());
        });

    [Fact]
    public void A_limit_of_changes_per_step_serves_all_shares_in_turn()
    {
        var plan = LoadPlan.Closed([(TimeSpan.Zero, 100), (TimeSpan.FromSeconds(5), 100)]);
        var cluster = new Cluster(plan, 10, leaves: false);
        cluster.Deal(new int[10]);
        cluster.StepAll(TimeSpan.Zero, most: 15);
        Assert.Equal(15, cluster.Wanted);
        cluster.StepAll(TimeSpan.Zero, most: 15);
        Assert.Equal([10, 10, 10], cluster.Active.GroupBy(id => id % 10).OrderBy(g => g.Key).Select(g => g.Count()));
        for (var i = 0; i < 5; i++)
        {
            cluster.StepAll(TimeSpan.Zero, most: 15);
        }

        Assert.Equal(100, cluster.Wanted);
        cluster.StepAll(TimeSpan.FromSeconds(5), most: 15);
        Assert.Equal(85, cluster.Wanted);
    }

    [Fact]
    public void The_first_deal_has_the_first_ids_whatever_its_epoch_and_a_share_that_moved_before_it_told_of_anything_has_not()
    {
        var plan = LoadPlan.Closed([(TimeSpan.Zero, 4), (TimeSpan.FromSeconds(9), 4)]);
        var rosters = new Rosters(2, 2);
        rosters.Next([-1, -1]);
        rosters.Next([-1, -1]);
        var shares = new UserShares(plan, 2, [Type(true)], new UserTypePattern([Type(true)]));
        var started = new List<long>();
        shares.Assign(rosters.Next([0, 1]), Rosters.Worker(0));
        shares.Step(TimeSpan.Zero, 500, started.Add, _ => { });
        Assert.Equal([0, 2], started);
        shares.Assign(rosters.Next([0, 0]), Rosters.Worker(0));
        shares.Step(TimeSpan.FromSeconds(1), 500, started.Add, _ => { });
        Assert.All(started[2..], id => Assert.True(id > 1_000_000_000));
        Assert.Equal(4, started.Count);
    }

    [Fact]
    public void A_worker_without_shares_wants_nobody()
    {
        var shares = new UserShares(LoadPlan.Closed([(TimeSpan.FromSeconds(5), 5)]), 4, [Type(false)], new UserTypePattern([Type(false)]));
        shares.Step(TimeSpan.FromSeconds(4), 500, _ => Assert.Fail("started"), _ => Assert.Fail("stopped"));
        Assert.False(shares.Wants(0));
        Assert.Null(shares.Replace(0));
        Assert.Empty(shares.Held);
    }

    private static UserType Type(bool leaves) =>
        new() { Name = "reader", Iterations = leaves ? 1 : 0, Tasks = [new TaskDefinition("t", 1, [])] };

    /// <summary>Workers, and the users that they would have.</summary>
    private sealed class Cluster(LoadPlan plan, int of, bool leaves)
    {
        private readonly HashSet<long>[] _active = [.. Enumerable.Range(0, Workers).Select(_ => new HashSet<long>())];
        private readonly UserShares[] _workers =
            [.. Enumerable.Range(0, Workers).Select(_ => new UserShares(plan, of, [Type(leaves)], new UserTypePattern([Type(leaves)])))];

        public Rosters Rosters { get; } = new(of, Workers);

        public List<long> Started { get; } = [];

        public IEnumerable<long> Active => _active.SelectMany(a => a);

        public long Wanted => _workers.Sum(w => w.Wanted);

        public void Deal(IReadOnlyList<int> owners)
        {
            var roster = Rosters.Next(owners, TimeSpan.FromSeconds(Rosters.Epoch));
            for (var w = 0; w < Workers; w++)
            {
                var taken = _workers[w].Assign(roster, Rosters.Worker(w));
                _active[w].RemoveWhere(id => taken.Contains((int)(id % of)));
            }
        }

        public void StepAll(TimeSpan at, int most = int.MaxValue)
        {
            for (var w = 0; w < Workers; w++)
            {
                var active = _active[w];
                _workers[w].Step(at, most, id => Start(active, id), id => Assert.True(active.Remove(id)));
                Assert.All(active, id => Assert.True(_workers[w].Wants(id)));
            }
        }

        public void LeaveOne(int number)
        {
            var worker = number % Workers;
            var active = _active[worker];
            if (active.Count == 0)
            {
                return;
            }

            var leaver = active.Order().ElementAt(number % active.Count);
            active.Remove(leaver);
            Start(active, _workers[worker].Replace(leaver)!.Value);
            Assert.False(_workers[worker].Wants(leaver));
        }

        private void Start(HashSet<long> active, long id)
        {
            Assert.True(active.Add(id));
            if (leaves)
            {
                Started.Add(id);
            }
        }
    }
}
