using System.Net;
using KubeLab.Charts;
using KubeLab.Formatting;

namespace KubeLab.Policies;

/// <summary>Policies beside each other, each under the same seeds: arrivals, names, boot times and all other chance are common, so differences are the policies'.</summary>
[TypeFormatterSource(typeof(ShownFormatters), PreferredMimeTypes = ["text/html", "text/plain"])]
public sealed class PolicyComparison : IShown
{
    private readonly IReadOnlyList<string> policies;
    private readonly IReadOnlyList<PolicyMeasure> measures;
    private readonly TimeSpan horizon;

    internal PolicyComparison(IReadOnlyList<string> policies, IReadOnlyList<long> seeds, TimeSpan horizon, IReadOnlyList<PolicyRun> runs)
    {
        this.policies = policies;
        this.horizon = horizon;
        Seeds = seeds;
        Runs = runs;
        measures = PolicyMeasure.All(Currency);
    }

    /// <summary>The seeds.</summary>
    public IReadOnlyList<long> Seeds { get; }

    /// <summary>All runs: by policy, and of one policy by seed, in the order in which they were named.</summary>
    public IReadOnlyList<PolicyRun> Runs { get; }

    /// <summary>What went wrong, one line for each run that did not come to its end.</summary>
    public IReadOnlyList<string> Failures => [.. Runs.Select(r => r.Failure).OfType<string>()];

    private string Currency => Runs.FirstOrDefault(r => r.Failure is null)?.Currency ?? "USD";

    /// <summary>One measure of a policy over the seeds.</summary>
    /// <param name="policy">The policy's name.</param>
    /// <param name="measure">Reads the measure, for example <c>r => r.Cost</c>.</param>
    /// <exception cref="ArgumentException">There is no such policy.</exception>
    public Band Of(string policy, Func<PolicyRun, double> measure) => Band.Of(RunsOf(policy).Select(measure));

    /// <summary>By how much a policy differs from the first one, seed by seed.</summary>
    /// <param name="policy">The policy's name.</param>
    /// <param name="measure">Reads the measure.</param>
    /// <exception cref="ArgumentException">There is no such policy.</exception>
    public Band Difference(string policy, Func<PolicyRun, double> measure)
    {
        ArgumentNullException.ThrowIfNull(measure);
        var first = RunsOf(policies[0]).ToDictionary(r => r.Seed);
        return Band.Of(RunsOf(policy).Where(r => first.ContainsKey(r.Seed)).Select(r => measure(r) - measure(first[r.Seed])));
    }

    /// <summary>Cost, latency, errors and scale events of all policies, with the band over the seeds.</summary>
    public Figure Chart() => PolicyChart.Of(Results(), Currency, Words());

    /// <summary>Each policy as a point by its cost and its 95th percentile of latency: those that no other beats in both are joined.</summary>
    public Figure Plane() => PolicyPlaneChart.Of(Results(), Currency, Words());

    /// <inheritdoc/>
    public override string ToString() => string.Join("\n\n", Tables().Select(t => t.ToString()).Concat(Failures));

    string IShown.ToHtml() =>
        string.Concat(Tables().Select(t => t.ToHtml()).Concat(Failures.Select(f => $"<p class=\"kubelab-failure\">{WebUtility.HtmlEncode(f)}</p>")));

    private IEnumerable<ShownTable> Tables()
    {
        string[] heads = ["policy", .. measures.Select(m => m.Name)];
        var table = new ShownTable(Words(), heads);
        foreach (var policy in policies)
        {
            table.Add([policy, .. measures.Select(m => Of(policy, m.Of).ToString())]);
        }

        yield return table;
        if (policies.Count > 1)
        {
            var paired = new ShownTable($"difference to {policies[0]}, seed by seed", heads);
            foreach (var policy in policies.Skip(1))
            {
                paired.Add([policy, .. measures.Select(m => Difference(policy, m.Of).Signed())]);
            }

            yield return paired;
        }
    }

    private string Words() => $"{horizon:d\\.hh\\:mm\\:ss} of simulated time, ".Replace("0.", "", StringComparison.Ordinal)
        + (Seeds.Count == 1 ? $"seed {Seeds[0]}" : $"{Seeds.Count} seeds: mean [least..greatest]");

    private IReadOnlyList<PolicyResult> Results() =>
    [
        .. policies.Where(p => RunsOf(p).Any()).Select(p => new PolicyResult(
            p,
            Of(p, r => r.Cost).AsMeasured(),
            Of(p, r => r.P95).AsMeasured(),
            Of(p, r => 100 * r.ErrorShare).AsMeasured(),
            Of(p, r => r.ScaleEvents).AsMeasured())),
    ];

    private IEnumerable<PolicyRun> RunsOf(string policy) => policies.Contains(policy, StringComparer.Ordinal)
        ? Runs.Where(r => r.Policy == policy && r.Failure is null)
        : throw new ArgumentException($"there is no policy \"{policy}\"; there are: {string.Join(", ", policies)}", nameof(policy));
}
