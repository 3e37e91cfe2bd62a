using KubeLab.Api.Core;
using KubeLab.Api.Verbs;
using KubeLab.Quorums;
using KubeLab.Simulated;

namespace KubeLab.Lessons;

/// <summary>The exercises of episode 03, Masters.</summary>
internal static class Episode03
{
    private const int GroupsAsked = 7;
    private const double Machine = 0.95;
    private const double HoursAllowed = 24;
    private const int Writes = 60;
    private static readonly TimeSpan WriteEvery = TimeSpan.FromSeconds(5);

    public static IReadOnlyList<Exercise> Exercises { get; } =
    [
        new("E03.1", "Say how many of 1, 2, … 7 masters may fail.", (_, answer) => Tolerated(answer)),
        new("E03.2", "Build masters that take every write while two of them fail.", (cluster, _) => SurvivesTwo(cluster)),
        new("E03.3", "Find the smallest odd number of masters with less than a day a year without a majority, on machines of 95 %.", (_, answer) => SmallestGroup(answer)),
        new("E03.4", "Say what the store holds.", (_, answer) => WhatIsStored(answer)),
    ];

    private static CheckResult Tolerated(IReadOnlyList<string>? answer)
    {
        if (Answers.Numbers(answer, GroupsAsked) is not { } numbers)
        {
            return CheckResult.NotYet("give seven numbers, for 1 to 7 masters: lesson.Check(\"E03.1\", 0, …).");
        }

        for (var n = 1; n <= GroupsAsked; n++)
        {
            var row = Availability.OfMajority(n, Machine);
            if ((int)numbers[n - 1] != row.Tolerated)
            {
                return CheckResult.NotYet(n % 2 == 0 && (int)numbers[n - 1] == n / 2
                    ? $"{n} masters: with {n / 2} of {n} left, neither half knows that it may decide. A majority is more than half."
                    : $"{n} masters: more than half of {n} is {row.Quorum}. How many may be missing?");
            }
        }

        return CheckResult.Passed("0, 0, 1, 1, 2, 2, 3: every second master adds nothing but a machine that may fail.");
    }

    private static CheckResult SurvivesTwo(Cluster cluster)
    {
        if (cluster is not SimulatedCluster)
        {
            return CheckResult.NotYet("this exercise breaks masters in a branch of the cluster, which a real one does not have.");
        }

        var all = cluster.Masters().Masters;
        if (all.FirstOrDefault(m => !m.IsApiServerUp) is { } booting)
        {
            return CheckResult.NotYet($"{booting.Machine} does not work yet. Give it a minute: RunFor(60).");
        }

        List<string> masters = [.. all.Select(m => m.Machine)];
        if (masters.Count < 2)
        {
            return CheckResult.NotYet(masters.Count == 0 ? "no master runs: call AddMasters first." : "there is one master. When it fails, every write is refused.");
        }

        using var branch = cluster.Branch();
        var refused = RefusedWhileFailing(branch, masters[0], masters[1]);
        return refused == 0
            ? CheckResult.Passed($"tried in a branch of your cluster: with {masters.Count} masters, two of them killed, all {Writes} writes of {Writes * WriteEvery.TotalMinutes:0} minutes were taken.")
            : CheckResult.NotYet($"I tried it in a branch of your cluster: with {masters.Count} masters, two of them killed, {refused} of {Writes} writes were refused. How many masters leave a majority when two are gone?");
    }

    /// <summary>Somebody writes all the time; after a quarter of it the first master falls, after half of it the second.</summary>
    private static int RefusedWhileFailing(Cluster cluster, string first, string second)
    {
        var refused = 0;
        for (var i = 0; i < Writes; i++)
        {
            if (i == Writes / 4)
            {
                cluster.Kill(first);
            }
            else if (i == Writes / 2)
            {
                cluster.Kill(second);
            }

            try
            {
                cluster.Api.Create(new ConfigMap { Metadata = new() { Namespace = "default", Name = $"write-{i}" } });
            }
            catch (ApiException)
            {
                refused++;
            }

            cluster.RunFor(WriteEvery);
        }

        return refused;
    }

    private static CheckResult SmallestGroup(IReadOnlyList<string>? answer)
    {
        if (Answers.Numbers(answer, 1) is not [var number] || number < 1 || number > Availability.MembersMax || number != Math.Floor(number))
        {
            return CheckResult.NotYet("give one number of masters: lesson.Check(\"E03.3\", 3).");
        }

        var n = (int)number;
        var hours = Availability.OfMajority(n, Machine).HoursDownPerYear;
        if (hours >= HoursAllowed)
        {
            return CheckResult.NotYet($"{n} masters of such machines are without a majority for {hours:0.0} hours a year: more than {HoursAllowed:0}. Availability.Table(0.95) shows the others.");
        }

        var smallest = Enumerable.Range(0, n).Select(k => (2 * k) + 1).First(k => Availability.OfMajority(k, Machine).HoursDownPerYear < HoursAllowed);
        return n == smallest
            ? CheckResult.Passed($"{n} masters: {hours:0.0} hours a year; with {n - 2} it would be {Availability.OfMajority(n - 2, Machine).HoursDownPerYear:0.0}.")
            : CheckResult.NotYet($"{n} would do ({hours:0.0} hours a year), but {(n % 2 == 0 ? "it is even" : "there is a smaller one")}.");
    }

    private static CheckResult WhatIsStored(IReadOnlyList<string>? answer)
    {
        string[] right = ["yes", "no", "yes", "no", "yes", "no"];
        string[] why =
        [
            "a pod's spec is an object", "the rows are on the database's own disk", "a lease is an object, renewed every ten seconds", "logs are files on the node", "a Secret is an object",
            "what an analysis writes goes to its own volume or bucket",
        ];
        if (answer is null || answer.Count != right.Length)
        {
            return CheckResult.NotYet("give six words, yes or no, in the order of the list.");
        }

        var wrong = Enumerable.Range(0, right.Length).Where(i => !string.Equals(answer[i].Trim(), right[i], StringComparison.OrdinalIgnoreCase)).ToList();
        return wrong.Count == 0
            ? CheckResult.Passed("etcd holds objects, wishes and states; never what programs read, write or say.")
            : CheckResult.NotYet($"look again at {string.Join(" and ", wrong.Select(i => i + 1))}. Hint for the first of them: {why[wrong[0]]}.");
    }
}
