namespace KubeLab.Quorums;

/// <summary>How many hours a year a group of masters is without a majority: computed, simulated, and tried on a group that votes.</summary>
/// <seealso href="https://etcd.io/docs/v3.5/faq/#why-an-odd-number-of-cluster-members">why an odd number of members</seealso>
public static class Availability
{
    /// <summary>The largest group that is computed.</summary>
    public const int MembersMax = 99;

    /// <summary>How long a repair takes unless told otherwise.</summary>
    public static TimeSpan MeanRepairDefault { get; } = TimeSpan.FromHours(4);

    /// <summary>How often a majority is up, when each machine is up with the same probability and fails for itself: the tail of a binomial distribution.</summary>
    /// <param name="members">How many members, from 1 on.</param>
    /// <param name="machine">How much of the time one machine is available, 0 to 1, for example 0.99.</param>
    public static MajorityAvailability OfMajority(int members, double machine)
    {
        Require(members, machine);
        var quorum = (members / 2) + 1;

        // The probability of too many failures is summed itself: 1 minus the other side would lose the digits that count.
        double down = 0;
        for (var failed = members - quorum + 1; failed <= members; failed++)
        {
            down += Choose(members, failed) * Math.Pow(1 - machine, failed) * Math.Pow(machine, members - failed);
        }

        return new MajorityAvailability { Members = members, Machine = machine, ShareDown = Math.Min(1, down) };
    }

    /// <summary>The same for one member, two, three, …</summary>
    /// <param name="machine">How much of the time one machine is available, 0 to 1.</param>
    /// <param name="membersMax">The last number of members.</param>
    public static AvailabilityTable Table(double machine, int membersMax = 5) =>
        new(machine, [.. Enumerable.Range(1, membersMax).Select(n => OfMajority(n, machine))], []);

    /// <summary>Lets machines fail and be repaired at random, for as many years as it takes to know the hours without a majority well enough.</summary>
    /// <param name="members">How many members, from 1 on.</param>
    /// <param name="machine">How much of the time one machine is available, between 0 and 1; a machine runs <c>machine / (1 - machine)</c> times as long as its repair takes.</param>
    /// <param name="precision">The standard error wished for, as a share of the value.</param>
    /// <param name="yearsMax">After so many years it ends in any case.</param>
    /// <param name="meanRepair">How long a repair takes on average; it decides how often outages come, and not how much of the time they take.</param>
    /// <param name="seed">Decides when machines fail.</param>
    public static SimulatedAvailability Simulate(int members, double machine, double precision = 0.05, double yearsMax = 100_000, TimeSpan? meanRepair = null, long seed = 1)
    {
        Require(members, machine);
        if (machine is 0 or 1)
        {
            throw new ArgumentOutOfRangeException(nameof(machine), machine, "a machine that never fails, or never works, leaves nothing to simulate");
        }

        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(precision);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(yearsMax);
        var hours = (meanRepair ?? MeanRepairDefault).TotalHours;
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(hours, nameof(meanRepair));
        var run = new MajoritySimulation(members, machine, hours, seed).Run(precision, yearsMax * MajorityAvailability.HoursPerYear);
        return new SimulatedAvailability
        {
            Members = members,
            Machine = machine,
            Years = run.Hours / MajorityAvailability.HoursPerYear,
            Failures = run.Failures,
            Outages = run.Outages,
            ShareDown = run.ShareDown,
            Error = run.Error,
        };
    }

    /// <summary>Lets the machines of a real group fail at random, with votes, disks and a network, while somebody writes all the time; failures are minutes apart instead of weeks.</summary>
    /// <param name="members">How many members, from 1 on.</param>
    /// <param name="machine">How much of the time one machine is available, between 0 and 1.</param>
    /// <param name="span">How long; four hours when null.</param>
    /// <param name="meanRepair">How long a repair takes on average; a minute when null.</param>
    /// <param name="seed">Decides when machines fail, and all else.</param>
    public static GroupAvailability SimulateGroup(int members, double machine, TimeSpan? span = null, TimeSpan? meanRepair = null, long seed = 1)
    {
        Require(members, machine);
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(machine, 1);
        return new GroupAvailabilityRun(members, machine, meanRepair ?? TimeSpan.FromMinutes(1), seed).Run(span ?? TimeSpan.FromHours(4));
    }

    private static void Require(int members, double machine)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(members, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(members, MembersMax);
        if (machine is not (>= 0 and <= 1))
        {
            throw new ArgumentOutOfRangeException(nameof(machine), machine, "the availability of a machine is a share from 0 to 1: write 0.99 for 99 %");
        }
    }

    private static double Choose(int n, int k)
    {
        double ways = 1;
        for (var i = 1; i <= k; i++)
        {
            ways = ways * (n - k + i) / i;
        }

        return ways;
    }
}
