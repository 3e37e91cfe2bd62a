using KubeLab.Cloud.Billing;
using KubeLab.Cloud.Machines;
using KubeLab.Cloud.Prices;
using KubeLab.Simulation;

namespace KubeLab.Tests.Cloud.Billing;

/// <summary>The runs that CMS paid for: 353 files, one per vCPU, on pools of different sizes and at two providers.</summary>
public sealed class MeasuredRunTests
{
    // Fitted to the runs on e2-standard-4; data/physics/processing.json says how.
    private const double HoursPerFile = 5.70;
    private const double Variation = 0.08;
    private const int Files = 353;
    private const int SlotsPerNode = 4;

    [Theory]
    [InlineData(12, 2.0)]
    [InlineData(24, 1.0)]
    [InlineData(90, 0.4)]
    public void More_nodes_take_less_time_for_the_same_money(int nodes, double toleranceHours)
    {
        var published = MeasuredRun.All().Single(r => r.Nodes == nodes && r.Machine == "e2-standard-4");
        var (hours, bill) = Run(published);

        // Twelve nodes ran 46 h, 24 ran 23.5 h, 90 ran 7.2 h: the model knows only a mean and a spread.
        Assert.InRange(hours, (double)published.Hours - toleranceHours, (double)published.Hours + toleranceHours);
        Assert.InRange(bill.Total.Amount, 70, 80);
        Assert.InRange(bill.Total.Amount, published.Chf * 0.88m, published.Chf * 1.12m);
    }

    [Fact]
    public void Money_stays_flat_while_time_falls_to_a_sixth()
    {
        var runs = MeasuredRun.All().Where(r => r.Machine == "e2-standard-4").Select(Run).ToArray();
        var costs = runs.Select(r => r.Bill.Total.Amount).ToArray();

        Assert.True(costs.Max() / costs.Min() < 1.12m, string.Join(", ", costs));
        Assert.InRange(runs[0].Hours / runs[^1].Hours, 6, 7);
    }

    [Fact]
    public void The_five_published_points_keep_their_order_in_time()
    {
        var published = MeasuredRun.All();
        var simulated = published.Select(r => Run(r).Hours).ToArray();

        Assert.Equal(published.OrderBy(r => r.Hours), published.Zip(simulated).OrderBy(p => p.Second).Select(p => p.First));
    }

    private static PriceBook Prices(MeasuredRun run) => run.Machine switch
    {
        "e2-standard-4" => PriceBook.Load("gcp", "europe-west4", "CHF"),
        "c2-standard-4" => PriceBook.Load("gcp", "us-central1", "CHF"),
        _ => PriceBook.Load("infomaniak", "switzerland"),
    };

    private static (double Hours, Bill Bill) Run(MeasuredRun run)
    {
        var clock = new VirtualClock(new DateTimeOffset(2024, 10, 1, 0, 0, 0, TimeSpan.Zero));
        var start = clock.Now;
        var chance = new Randomness(7);
        var cloud = new CloudProvider(clock, chance, Prices(run));
        var hours = chance.For("files");
        var busy = new Dictionary<Machine, int>();
        var leaving = new HashSet<Machine>();
        int waiting = Files, running = 0;

        cloud.CreateCluster("cms");
        cloud.MachineCreated += machine => machine.Started += _ =>
        {
            for (var slot = 0; slot < SlotsPerNode; slot++)
            {
                clock.After(TimeSpan.Zero, () => Next(machine));
            }
        };
        cloud.CreateNodePool("workers", run.Machine, run.Nodes);
        Assert.True(clock.RunUntil(() => waiting + running == 0, TimeSpan.FromDays(5)));
        var end = clock.Now;

        cloud.DeleteNodePool("workers");
        cloud.DeleteCluster("cms");
        Assert.Equal(0, cloud.RatePerHour.Amount);
        return ((end - start).TotalHours, cloud.Bill());

        void Next(Machine machine)
        {
            if (waiting > 0)
            {
                waiting--;
                running++;
                busy[machine] = busy.GetValueOrDefault(machine) + 1;
                clock.After(TimeSpan.FromHours(hours.LogNormal(HoursPerFile / machine.Type.Speed, Variation)), () => Finished(machine));
            }
            else if (busy.GetValueOrDefault(machine) == 0 && leaving.Add(machine))
            {
                // The autoscaler removes a node ten minutes after its last pod.
                clock.After(TimeSpan.FromMinutes(10), () => Leave(machine));
            }
        }

        void Finished(Machine machine)
        {
            running--;
            busy[machine]--;
            Next(machine);
        }

        void Leave(Machine machine)
        {
            if (machine.State != MachineState.Deleted)
            {
                cloud.Delete(machine.Name);
            }
        }
    }
}
