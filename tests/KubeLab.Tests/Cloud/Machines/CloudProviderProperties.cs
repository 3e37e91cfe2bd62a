using FsCheck;
using FsCheck.Fluent;
using KubeLab.Cloud.Machines;
using KubeLab.Cloud.Prices;
using KubeLab.Simulation;

namespace KubeLab.Tests.Cloud.Machines;

/// <summary>What holds whatever people do to their machines, in whichever order.</summary>
public sealed class CloudProviderProperties
{
    [Fact]
    public void Bills_never_shrink_events_alternate_and_nothing_costs_after_everything_is_deleted() =>
        Prop.ForAll(Actions().ToArbitrary(), actions =>
        {
            var (cloud, clock, log) = Opened();
            var before = cloud.Cost;
            foreach (var (action, number) in actions)
            {
                Do(cloud, clock, action, number);
                Assert.True(cloud.Cost >= before, "a bill never shrinks");
                Assert.Equal(cloud.Bill().Total, cloud.Cost);
                Assert.All(cloud.Machines, m => Assert.True(!m.IsUp || m.State == MachineState.Running, "only a running machine is up"));
                Assert.Equal(cloud.Pools.Sum(p => p.Size), cloud.Machines.Count);
                before = cloud.Cost;
            }

            cloud.DeleteNodePool("workers");
            Assert.Equal(0, cloud.RatePerHour.Amount);
            clock.RunFor(TimeSpan.FromDays(1));
            Assert.Equal(cloud.Cost, cloud.Meter.CostAt(clock.Now.AddDays(1)));
            foreach (var events in log.Values)
            {
                // Up and down alternate, beginning with the first start; the end is always the deletion.
                Assert.Matches("^(Started (PowerLost (Restored PowerLost )*))?Deleted $", string.Concat(events));
            }
        }).QuickCheckThrowOnFailure();

    [Fact]
    public void The_same_actions_with_the_same_seed_cost_the_same() =>
        Prop.ForAll(Actions().ToArbitrary(), actions => Played(actions) == Played(actions)).QuickCheckThrowOnFailure();

    private static Gen<(int Action, int Number)[]> Actions() =>
        (from action in Gen.Choose(0, 6)
         from number in Gen.Choose(0, 8)
         select (action, number)).ArrayOf();

    private static string Played((int Action, int Number)[] actions)
    {
        var (cloud, clock, log) = Opened();
        foreach (var (action, number) in actions)
        {
            Do(cloud, clock, action, number);
        }

        return $"{cloud.Bill()}{string.Join(';', log.Select(l => $"{l.Key} {string.Concat(l.Value)}"))}";
    }

    private static (CloudProvider Cloud, VirtualClock Clock, SortedDictionary<string, List<string>> Log) Opened()
    {
        var clock = new VirtualClock(new DateTimeOffset(2026, 1, 1, 0, 0, 0, TimeSpan.Zero));
        var cloud = new CloudProvider(clock, new Randomness(7), PriceBook.Load());
        var log = new SortedDictionary<string, List<string>>(StringComparer.Ordinal);
        cloud.MachineCreated += machine =>
        {
            var events = log[machine.Name] = [];
            machine.Started += _ => events.Add("Started ");
            machine.PowerLost += _ => events.Add("PowerLost ");
            machine.Restored += _ => events.Add("Restored ");
            machine.Deleted += _ => events.Add("Deleted ");
        };
        cloud.CreateNodePool(new() { Name = "workers", MachineType = "e2-standard-4", Spot = true, Zones = cloud.Zones }, 2);
        return (cloud, clock, log);
    }

    private static void Do(CloudProvider cloud, VirtualClock clock, int action, int number)
    {
        var machines = cloud.Machines;
        var chosen = machines.Count == 0 ? null : machines[number % machines.Count];
        switch (action)
        {
            case 0:
                cloud.Pool("workers").Resize(number);
                break;
            case 1:
                clock.RunFor(TimeSpan.FromSeconds(17 * (number + 1)));
                break;
            case 2 when chosen is not null && chosen.State != MachineState.Provisioning:
                cloud.Kill(chosen.Name);
                break;
            case 3 when chosen is not null && chosen.State != MachineState.Provisioning:
                cloud.Stop(chosen.Name);
                break;
            case 4 when chosen is not null:
                cloud.Restore(chosen.Name);
                break;
            case 5 when chosen is not null:
                cloud.Delete(chosen.Name);
                break;
            case 6 when chosen is not null:
                cloud.Preempt(chosen.Name);
                break;
        }
    }
}
