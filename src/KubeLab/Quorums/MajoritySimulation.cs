using KubeLab.Simulation;

namespace KubeLab.Quorums;

/// <summary>Machines that fail and are repaired at random, each for itself, and the time during which a majority of them is down.</summary>
/// <remarks>
/// Times to failure and to repair are exponential, so whenever a chosen number of machines is up the story begins afresh: what lies between two such moments is one independent cycle, and the
/// scatter of cycles gives the standard error without any assumption about how outages follow each other.
/// </remarks>
internal sealed class MajoritySimulation
{
    private const int LooksEvery = 1000;
    private const int OutagesMin = 30;

    private readonly int quorum;
    private readonly int renewal;
    private readonly double meanUp;
    private readonly double meanDown;
    private readonly Randomness[] chance;
    private readonly double[] due;
    private readonly bool[] isUp;
    private int up;
    private double now;
    private long failures;
    private long outages;

    /// <summary>All machines are up.</summary>
    /// <param name="members">How many machines.</param>
    /// <param name="machine">How much of the time each is available, between 0 and 1.</param>
    /// <param name="meanRepair">How long a repair takes on average, in hours.</param>
    /// <param name="seed">Decides all times.</param>
    public MajoritySimulation(int members, double machine, double meanRepair, long seed)
    {
        quorum = (members / 2) + 1;
        meanDown = meanRepair;
        meanUp = meanRepair * machine / (1 - machine);

        // The number that is most often up: cycles are short.
        renewal = Math.Min(members, (int)((members + 1) * machine));
        var root = new Randomness(seed);
        chance = [.. Enumerable.Range(1, members).Select(i => root.For($"machine {i}"))];
        isUp = [.. Enumerable.Repeat(true, members)];
        due = [.. chance.Select(c => c.Exponential(meanUp))];
        up = members;
    }

    /// <summary>Runs until the standard error is as small as wished, or the time is over.</summary>
    /// <param name="precision">The standard error wished for, as a share of the value.</param>
    /// <param name="hoursMax">The longest time.</param>
    public (double ShareDown, double Error, double Hours, long Failures, long Outages) Run(double precision, double hoursMax)
    {
        var cycles = new RatioEstimate();

        // The first cycle begins when the chosen number is reached.
        while (up != renewal)
        {
            Step();
        }

        (var begun, failures, outages) = (now, 0, 0);
        while (now - begun < hoursMax && !(cycles.Count % LooksEvery == LooksEvery - 1 && outages >= OutagesMin && cycles.Error <= precision * cycles.Ratio))
        {
            var since = now;
            double down = 0;
            do
            {
                var isDown = up < quorum;
                var before = now;
                Step();
                down += isDown ? now - before : 0;
            }
            while (up != renewal);
            cycles.Add(down, now - since);
        }

        return (cycles.Ratio, outages >= OutagesMin ? cycles.Error : double.NaN, now - begun, failures, outages);
    }

    /// <summary>Goes on to the next failure or repair.</summary>
    private void Step()
    {
        var next = 0;
        for (var i = 1; i < due.Length; i++)
        {
            next = due[i] < due[next] ? i : next;
        }

        now = due[next];
        isUp[next] = !isUp[next];
        due[next] = now + chance[next].Exponential(isUp[next] ? meanUp : meanDown);
        if (isUp[next])
        {
            up++;
            return;
        }

        failures++;
        outages += up == quorum ? 1 : 0;
        up--;
    }
}
