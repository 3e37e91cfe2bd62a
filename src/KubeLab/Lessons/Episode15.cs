using System.Globalization;
using KubeLab.Cloud.Billing;
using KubeLab.Cloud.Prices;
using KubeLab.Views;

namespace KubeLab.Lessons;

/// <summary>The exercises of episode 15, What does it cost?; the campaign of E15.2 is run by <see cref="Episode15Campaign"/>.</summary>
internal static class Episode15
{
    public static IReadOnlyList<Exercise> Exercises { get; } =
    [
        new("E15.1", "Say how many seconds of a machine are billed that ran for 40.", (_, answer) => BilledSeconds(answer)),
        new("E15.2", "Choose machines that do 353 files in less than 10 hours for less than 75 francs.", (_, answer) => Episode15Campaign.Judge(answer)),
        new("E15.3", "Say from how many hours a month on a promise of one year is cheaper.", (_, answer) => BreakEven(answer)),
        new("E15.4", "After the cluster is deleted, give back everything that still costs money.", (cluster, _) => Leftovers(cluster)),
        new("E15.5", "Say how much sustained use takes off an n1 machine that runs for half of a month.", (_, answer) => SustainedUse(answer)),
    ];

    private static CheckResult BilledSeconds(IReadOnlyList<string>? answer)
    {
        var right = PriceBook.Load().MachineBilling.Seconds(TimeSpan.FromSeconds(40));
        return Answers.Numbers(answer, 1) switch
        {
            null => CheckResult.NotYet("give one number of seconds: lesson.Check(\"E15.1\", 12)."),
            [var seconds] when seconds == right => CheckResult.Passed($"machines are billed by the second, and for {right} seconds at least. A thousand tests of 40 s, each on a machine of its own, pay for half as much again."),
            [40] => CheckResult.NotYet("billing is by the second, but there is a minimum. Try it: prices.Cost(\"e2-standard-4\", TimeSpan.FromSeconds(40)) against other times."),
            [3600] => CheckResult.NotYet("that would be a whole hour, as clouds once billed. Compare prices.Cost of 40 seconds with that of an hour."),
            _ => CheckResult.NotYet("compare prices.Cost(\"e2-standard-4\", …) for 40, 60 and 80 seconds: for which of them does it grow?"),
        };
    }

    private static CheckResult BreakEven(IReadOnlyList<string>? answer)
    {
        var prices = PriceBook.Load();
        var promise = prices.CommittedUse("e2", 1)!;
        var month = (decimal)prices.BillingMonth.TotalHours;
        var right = (double)promise.BreakEvenHours(month);
        return Answers.Numbers(answer, 1) switch
        {
            null => CheckResult.NotYet("give one number of hours: lesson.Check(\"E15.3\", 123)."),
            [var hours] when Math.Abs(hours - right) <= 3 => CheckResult.Passed(string.Create(
                CultureInfo.InvariantCulture, $"{month:0} h × (1 − {promise.PercentOff / 100:0.00}) = {right:0} h. A machine that runs less than about 15 hours a day is cheaper without a promise.")),
            [var hours] when Math.Abs(hours - ((double)month - right)) <= 3 => CheckResult.NotYet(
                "that is 37 % of the month: what the promise takes off. You pay the rest of the month, used or not: how many hours at the list price cost as much?"),
            [var hours] when Math.Abs(hours - (double)month) <= 3 => CheckResult.NotYet("a machine that runs all month saves 37 %: the two prices meet earlier."),
            _ => CheckResult.NotYet(string.Create(
                CultureInfo.InvariantCulture, $"under the promise the month costs (1 − 0.37) × {month:0} h × the list price, whatever you use. After how many hours at the list price have you paid as much?")),
        };
    }

    private static CheckResult SustainedUse(IReadOnlyList<string>? answer)
    {
        var right = (double)PriceBook.Load(region: "us-central1").SustainedUse("n1")!.DiscountPercent(50);
        return Answers.Numbers(answer, 1) switch
        {
            null => CheckResult.NotYet("give one number of percent: lesson.Check(\"E15.5\", 12)."),
            [var percent] when Math.Abs(percent - right) < 0.5 => CheckResult.Passed(string.Create(
                CultureInfo.InvariantCulture, $"the first quarter at 100 %, the second at 80 %: on average 90 %, which is {right:0} % off.")),
            [20] => CheckResult.NotYet("20 % is taken off the second quarter only; the hours of the first quarter were paid in full. What is the average of both?"),
            [15] => CheckResult.NotYet("half of the largest discount would be right if it grew evenly from the first hour on, but the first quarter gets none."),
            [30] => CheckResult.NotYet("30 % is for a machine that runs the whole month: the average of all four quarters."),
            _ => CheckResult.NotYet("write down the four quarters: 100 %, 80 %, 60 %, 40 %. Half of a month fills two of them. What is their average?"),
        };
    }

    private static CheckResult Leftovers(Cluster cluster)
    {
        var rented = cluster.StillRented();
        if (rented.Things.Any(t => t.Item == "cluster-management-fee" || t.Name.EndsWith("(boot disk)", StringComparison.Ordinal)))
        {
            return CheckResult.NotYet("the cluster itself still runs: the exercise's first cell ends with cluster.Delete().");
        }

        if (cluster.Bill().Of(ChargeKind.LoadBalancer).Amount == 0 || cluster.Bill().Of(ChargeKind.Machine).Amount == 0)
        {
            return CheckResult.NotYet("nothing is rented, but there was no shop either: run the exercise's first cell.");
        }

        return rented.PerHour is { } rate
            ? CheckResult.NotYet($"{Count(rented)} still cost{(rented.Count == 1 ? "s" : "")} {rate.ToString(4)} an hour: {Kinds(rented)}. cluster.StillRented() says how they are called.")
            : CheckResult.Passed($"nothing is rented any more. It was {cluster.Bill().Total.ToString(2)} in all, and there it stays.");
    }

    private static string Count(RentedView rented) => rented.Count == 1 ? "one thing" : $"{rented.Count} things";

    private static string Kinds(RentedView rented) => string.Join(", ", rented.Things.Select(t => Kind(t.Item)).Distinct());

    private static string Kind(string item) => item switch
    {
        "load-balancer" => "a load balancer",
        "external-ipv4" => "an address",
        "gcs-standard" => "a bucket",
        _ => "a disk",
    };
}
