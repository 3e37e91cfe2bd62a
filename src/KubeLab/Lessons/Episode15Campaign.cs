using System.Globalization;
using KubeLab.Cloud.Prices;
using KubeLab.Physics;

namespace KubeLab.Lessons;

/// <summary>Runs the campaign that a learner of episode 15 has chosen machines for, and judges time and price.</summary>
internal static class Episode15Campaign
{
    private const double HoursMost = 10;
    private const decimal FrancsMost = 75;
    private const int CpusMost = 400;

    // Below this even the fastest vCPU there is, packed as tightly as can be, needs more than ten hours: running it would only take long.
    private const int CpusLeast = 110;

    public static CheckResult Judge(IReadOnlyList<string>? answer)
    {
        if (answer is not { Count: 3 } || !int.TryParse(answer[0], NumberStyles.Integer, CultureInfo.InvariantCulture, out var nodes) || nodes < 1)
        {
            return CheckResult.NotYet("give the number of machines, their type and the region: lesson.Check(\"E15.2\", 60, \"e2-standard-4\", \"europe-west4\").");
        }

        var (machine, region) = (answer[1].Trim(), answer[2].Trim());
        try
        {
            var prices = PriceBook.Load(region: region);
            _ = prices.Machine(machine);
            var cpus = (long)nodes * prices.Machines.Find(machine).Vcpus;
            return cpus switch
            {
                > CpusMost => CheckResult.NotYet($"{nodes} x {machine} are {cpus} CPUs, and the quota is {CpusMost}: the provider would refuse them."),
                < CpusLeast => CheckResult.NotYet($"{nodes} x {machine} are {cpus} CPUs. 353 files of 5.7 hours each are about 2,000 hours of one CPU: divide, and you see that it takes far longer than {HoursMost} hours."),
                _ => Judge(PfNanoRun.Of(new PfNanoWish { Nodes = nodes, Machine = machine, Region = region })),
            };
        }
        catch (ArgumentException unknown)
        {
            return CheckResult.NotYet($"{unknown.Message.Split(" (Parameter")[0]}.");
        }
        catch (InvalidOperationException stuck)
        {
            return CheckResult.NotYet($"{stuck.Message}.");
        }
    }

    private static CheckResult Judge(PfNanoResult run)
    {
        var francs = run.CostIn("CHF");
        var did = string.Create(CultureInfo.InvariantCulture, $"353 files on {run.Wish} in {run.Wish.Region}: {run.Hours:0.0} h for {francs.ToString(2)}");
        var places = run.Wish.Nodes * run.JobsPerNode;
        if (run.Hours >= HoursMost)
        {
            return CheckResult.NotYet(places < run.Wish.Files
                ? $"{did}. Too slow: {run.JobsPerNode} jobs fit on a machine at a time, {places} in all, and {run.Wish.Files - places} files have to wait for a place."
                : $"{did}. Too slow, although every file has a place: its CPUs are slow.");
        }

        return francs.Amount < FrancsMost
            ? CheckResult.Passed($"{did}. {run.JobsPerNode} jobs fit on a machine at a time.")
            : CheckResult.NotYet($"{did}. Fast enough, but too dear: the same machine has another price elsewhere, and what one job's place costs depends on how many fit on a machine.");
    }
}
