using KubeLab.Policies;

namespace KubeLab;

/// <content>Policies beside each other.</content>
public static partial class Lab
{
    /// <summary>Runs each policy under each seed and shows cost, latency, errors and scale events beside each other.</summary>
    /// <remarks>
    /// The seed decides arrivals, boot times and all other chance by name, so the same happens to every policy (common random numbers), and differences seed by seed are the policies' own. Runs go in parallel; a run that
    /// fails is told with its policy and seed, and the others go on. Progress is shown on a terminal as a bar, in a cell as a line every ten seconds.
    /// </remarks>
    /// <param name="scenario">Opens a simulated cluster for a seed and starts its load. It is called once per run, on several threads, so it must share nothing between clusters.</param>
    /// <param name="policies">What is compared; differences are taken to the first one. See also <see cref="Policy.Sweep{T}"/>.</param>
    /// <param name="seeds">The seeds, each once.</param>
    /// <param name="horizon">The simulated time that is measured, from when the policy is applied.</param>
    /// <param name="workers">How many run at a time; as many as there are cores when null. It changes nothing but the time it takes.</param>
    /// <param name="progress">Told after each run, one at a time; a bar when null.</param>
    /// <param name="stop">Ends it before its time.</param>
    /// <exception cref="ArgumentException">There are no policies or seeds, or two are the same.</exception>
    /// <exception cref="OperationCanceledException">It was stopped.</exception>
    public static PolicyComparison Compare(
        Func<long, Cluster> scenario,
        IReadOnlyList<Policy> policies,
        IReadOnlyList<long> seeds,
        TimeSpan horizon,
        int? workers = null,
        Action<PolicyProgress>? progress = null,
        CancellationToken stop = default)
    {
        ArgumentNullException.ThrowIfNull(scenario);
        ArgumentNullException.ThrowIfNull(policies);
        ArgumentNullException.ThrowIfNull(seeds);
        return PolicyRunner.Run(scenario, policies, seeds, horizon, workers ?? Environment.ProcessorCount, progress ?? ProgressBar.ForConsole().Tell, stop);
    }
}
