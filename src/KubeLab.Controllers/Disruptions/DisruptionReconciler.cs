using KubeLab.Api;
using KubeLab.Api.Core;
using KubeLab.Api.Policy;
using KubeLab.Api.Verbs;
using KubeLab.Client.Informing;
using KubeLab.Client.Reconciling;
using KubeLab.Client.Recording;
using KubeLab.Controllers.Owning;
using KubeLab.Simulation;

namespace KubeLab.Controllers.Disruptions;

/// <summary>Keeps the numbers of disruption budgets right, by which evictions are granted or refused.</summary>
/// <remarks>Upstream: pkg/controller/disruption.</remarks>
/// <seealso href="https://kubernetes.io/docs/concepts/workloads/pods/disruptions/">Disruptions</seealso>
public sealed class DisruptionReconciler : IReconciler
{
    private readonly IKubernetesApi api;
    private readonly VirtualClock clock;
    private readonly EventRecorder events;
    private readonly Informer<PodDisruptionBudget> budgets;
    private readonly Informer<Pod> pods;
    private readonly ControllerScales scales;

    internal DisruptionReconciler(IKubernetesApi api, VirtualClock clock, EventRecorder events, InformerFactory informers)
    {
        this.api = api;
        this.clock = clock;
        this.events = events;
        budgets = informers.For<PodDisruptionBudget>();
        pods = informers.For<Pod>();
        scales = new ControllerScales(api, informers);
    }

    /// <inheritdoc/>
    public ReconcileResult Reconcile(ObjectKey key)
    {
        if (budgets[key] is not { } budget)
        {
            return ReconcileResult.Done;
        }

        var selector = Claiming.SelectorOf(budget.Spec.Selector);
        var guarded = pods.Objects.Where(p => p.Metadata.Namespace == key.Namespace && selector.Matches(p.Metadata.Labels)).ToList();
        if (guarded.Count == 0)
        {
            events.Normal(budget, "NoPods", "No matching pods found");
        }

        int expected, desired;
        try
        {
            expected = BudgetMath.NeedsScale(budget.Spec) ? scales.SumOf(guarded) : guarded.Count;
            desired = BudgetMath.Desired(budget.Spec, expected);
        }
        catch (Exception e) when (e is InvalidOperationException or FormatException)
        {
            events.Warning(budget, "CalculateExpectedPodCountFailed", $"Failed to calculate the number of expected pods: {e.Message}");
            Write(budget, DisruptionAllowed.Fail(budget.Status, e.Message, clock.Now));

            // Nobody tells when a controller can be found again.
            return ReconcileResult.After(BudgetMath.DisruptionTimeout);
        }

        return WriteCounts(budget, guarded, expected, desired);
    }

    private ReconcileResult WriteCounts(PodDisruptionBudget budget, List<Pod> guarded, int expected, int desired)
    {
        var stale = new List<Pod>();
        var (holding, recheck) = BudgetMath.Holding(guarded, DisruptedPods.Of(budget.Status), clock.Now, stale);
        foreach (var pod in stale)
        {
            events.Warning(
                pod, "NotDeleted", $"Pod was expected by PDB {budget.Metadata.Namespace}/{budget.Metadata.Name} to be deleted but it wasn't");
        }

        var healthy = BudgetMath.Healthy(guarded, holding, clock.Now);
        var status = DisruptedPods.With(budget.Status, holding) with
        {
            CurrentHealthy = healthy,
            DesiredHealthy = desired,
            ExpectedPods = expected,
            DisruptionsAllowed = BudgetMath.Allowed(healthy, desired, expected),
            ObservedGeneration = budget.Metadata.Generation,
        };
        Write(budget, DisruptionAllowed.Update(status, clock.Now));
        return recheck is { } at ? ReconcileResult.After(at - clock.Now + TimeSpan.FromMilliseconds(1)) : ReconcileResult.Done;
    }

    private void Write(PodDisruptionBudget budget, PodDisruptionBudgetStatus status)
    {
        if (status != budget.Status)
        {
            api.UpdateStatus(budget with { Status = status });
        }
    }
}
