using KubeLab.Cloud.Machines;
using KubeLab.Cloud.Prices;
using KubeLab.Simulation;

namespace KubeLab.Costs;

/// <summary>Plays a job on the simulated provider: its machines, its preemptions and its notice, again and again.</summary>
internal static class SpotSimulation
{
    private static readonly DateTimeOffset Start = new(2026, 1, 1, 0, 0, 0, TimeSpan.Zero);

    public static SpotEstimate Run(SpotJob job, int runs, long seed)
    {
        var prices = PriceBook.Load();
        var chance = new Randomness(seed);
        var all = Enumerable.Range(0, runs).Select(i => new Play(job, prices, chance.For(FormattableString.Invariant($"run/{i}"))).ToEnd()).ToList();
        return new(
            runs,
            new(Mean(o => o.ElapsedHours), Mean(o => o.MachineHours), Mean(o => o.Preemptions), Mean(o => o.LostHours)),
            new(Error(o => o.ElapsedHours), Error(o => o.MachineHours), Error(o => o.Preemptions), Error(o => o.LostHours)));

        double Mean(Func<SpotOutcome, double> of) => all.Average(of);

        double Error(Func<SpotOutcome, double> of)
        {
            var mean = all.Average(of);
            return Math.Sqrt(all.Sum(o => (of(o) - mean) * (of(o) - mean)) / (runs - 1) / runs);
        }
    }

    private sealed class Play
    {
        private readonly SpotJob job;
        private readonly VirtualClock clock = new(Start);
        private readonly CloudProvider cloud;
        private readonly Queue<TimeSpan> left;
        private Scheduled? stretch;
        private TimeSpan paid;
        private DateTimeOffset? done;

        public Play(SpotJob job, PriceBook prices, Randomness chance)
        {
            this.job = job;
            left = new(job.Stretches().SelectMany(s => Enumerable.Repeat(TimeSpan.FromHours(s.Hours), (int)s.Count)));
            cloud = new CloudProvider(clock, chance, prices, new(job.Wait + job.Boot, job.Boot, 0)) { SpotPreemptionsPerHour = job.PreemptionsPerHour };
            cloud.MachineCreated += machine =>
            {
                machine.Started += _ => Work();
                machine.Preempting += _ => stretch?.Cancel();
                machine.Deleted += m => paid += clock.Now - (m.RunningAt ?? clock.Now);
            };
        }

        public SpotOutcome ToEnd()
        {
            cloud.CreateNodePool(new() { Name = "job", MachineType = "e2-standard-4", Spot = true, DiskGib = 0 }, 1);
            while (done is null)
            {
                clock.Step();
            }

            cloud.DeleteNodePool("job");
            return new((done.Value - Start).TotalHours, paid.TotalHours, cloud.Preemptions.Count, (paid - job.Boot - job.Length).TotalHours);
        }

        // What a checkpoint has saved, or what is the rest, is taken up where it was left.
        private void Work()
        {
            if (cloud.Machines[0].IsBeingPreempted)
            {
                return;
            }

            stretch = clock.After(left.Peek(), () =>
            {
                left.Dequeue();
                if (left.Count == 0)
                {
                    done = clock.Now;
                }
                else
                {
                    Work();
                }
            });
        }
    }
}
