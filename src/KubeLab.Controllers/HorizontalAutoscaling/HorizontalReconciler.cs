using KubeLab.Api;
using KubeLab.Api.Autoscaling;
using KubeLab.Api.Core;
using KubeLab.Api.Selecting;
using KubeLab.Api.Verbs;
using KubeLab.Client.Informing;
using KubeLab.Client.Reconciling;
using KubeLab.Client.Recording;
using KubeLab.Simulation;

namespace KubeLab.Controllers.HorizontalAutoscaling;

/// <summary>Sets the number of copies of an autoscaler's target by what is measured.</summary>
/// <remarks>Upstream: reconcileAutoscaler in pkg/controller/podautoscaler/horizontal.go.</remarks>
/// <seealso href="https://kubernetes.io/docs/tasks/run-application/horizontal-pod-autoscale/">Horizontal Pod Autoscaling</seealso>
internal sealed class HorizontalReconciler(
    IKubernetesApi api,
    VirtualClock clock,
    EventRecorder events,
    Informer<HorizontalPodAutoscaler> autoscalers,
    InformerIndex<Pod> podsByNamespace,
    IMetricsClient metrics,
    Func<IEnumerable<ApiResource>> kinds,
    AutoscalingOptions options) : IReconciler
{
    private readonly Dictionary<ObjectKey, ScalingMemory> memories = [];
    private readonly SortedDictionary<ObjectKey, Selector> selectors = [];
    private readonly Dictionary<ObjectKey, Selection> selections = [];

    /// <summary>An autoscaler is there, though nobody knows yet what it selects.</summary>
    public void Know(ObjectKey key) => selectors.TryAdd(key, Selector.Nothing);

    /// <summary>It is gone.</summary>
    public void Forget(ObjectKey key)
    {
        memories.Remove(key);
        selectors.Remove(key);
        selections.Remove(key);
    }

    public ReconcileResult Reconcile(ObjectKey key)
    {
        if (autoscalers[key] is not { } found)
        {
            return ReconcileResult.Done;
        }

        var status = new AutoscalerStatus(found, clock.Now);
        try
        {
            Scale(key, found, status);
        }
        catch (MetricsException)
        {
            // Events and conditions have said it; the next look is in 15 s in any case.
        }

        if (status.Status != found.Status)
        {
            Write(found, status.Status);
        }

        return ReconcileResult.After(options.SyncPeriod);
    }

    private void Write(HorizontalPodAutoscaler autoscaler, HorizontalPodAutoscalerStatus status)
    {
        try
        {
            api.UpdateStatus(autoscaler with { Status = status });
        }
        catch (ApiException refusal)
        {
            events.Warning(autoscaler, "FailedUpdateStatus", refusal.Message);
        }
    }

    private void Scale(ObjectKey key, HorizontalPodAutoscaler autoscaler, AutoscalerStatus status)
    {
        var (resource, scale) = Target(autoscaler, status);
        status.AbleToScale(true, "SucceededGetScale", "the HPA controller was able to get the target's current scale");
        var (spec, current) = (autoscaler.Spec, scale.Spec.Replicas);
        var memory = MemoryOf(key, current);
        var least = spec.MinReplicas ?? 1;
        if (current == 0 && least != 0)
        {
            status.ScalingActive(false, "ScalingDisabled", "scaling is disabled since the replica count of the target is zero");
            status.Set(current, 0, []);
        }
        else if (current > spec.MaxReplicas)
        {
            Rescale(autoscaler, resource, scale, spec.MaxReplicas, "Current number of replicas above Spec.MaxReplicas", [], memory, status);
        }
        else if (current < least)
        {
            Rescale(autoscaler, resource, scale, least, "Current number of replicas below Spec.MinReplicas", [], memory, status);
        }
        else
        {
            ScaleByMetrics(key, autoscaler, resource, scale, memory, status);
        }
    }

    private void ScaleByMetrics(ObjectKey key, HorizontalPodAutoscaler autoscaler, ApiResource resource, Scale scale, ScalingMemory memory, AutoscalerStatus status)
    {
        var current = scale.Spec.Replicas;
        var outcome = Measure(key, autoscaler, scale, status);
        if (outcome.Replicas is not { } proposed)
        {
            status.Set(current, autoscaler.Status.DesiredReplicas, outcome.Statuses);
            events.Warning(autoscaler, "FailedComputeMetricsReplicas", outcome.Message!);
            return;
        }

        var decision = ScalingDecision.Of(autoscaler.Spec, current, proposed, memory, options, clock.Now);
        status.AbleToScale(true, decision.Stabilized.Reason, decision.Stabilized.Message);
        status.ScalingLimited(decision.Limited.Holds, decision.Limited.Reason, decision.Limited.Message);
        if (decision.Replicas == current)
        {
            status.Set(current, current, outcome.Statuses);
            return;
        }

        var reason = proposed > current ? $"{outcome.Name} above target" : proposed < current ? "All metrics below target" : "";
        Rescale(autoscaler, resource, scale, decision.Replicas, reason, outcome.Statuses, memory, status);
    }

    private MetricsOutcome Measure(ObjectKey key, HorizontalPodAutoscaler autoscaler, Scale scale, AutoscalerStatus status)
    {
        var (selector, pods) = Selected(key, autoscaler, scale, status);
        var calculator = new ReplicaCalculator(options, Tolerances.Of(autoscaler.Spec, options.Tolerance), clock.Now);
        var reader = new MetricReader(metrics, calculator, pods, selector, key.Namespace, scale);
        var outcome = MetricsOutcome.Of(autoscaler.Spec.Metrics, scale.Spec.Replicas, reader.Read, failure => events.Warning(autoscaler, failure.Reason, failure.Cause));
        if (outcome.Replicas is null)
        {
            status.ScalingActive(false, outcome.FirstFailure!.Reason, $"the HPA was unable to compute the replica count: {outcome.FirstFailure.Cause}");
        }
        else
        {
            status.ScalingActive(true, "ValidMetricFound", $"the HPA was able to successfully calculate a replica count from {outcome.Name}");
        }

        return outcome;
    }

    /// <summary>The pods of the target, which no other autoscaler may select.</summary>
    private (Selector Selector, IReadOnlyList<Pod> Pods) Selected(ObjectKey key, HorizontalPodAutoscaler autoscaler, Scale scale, AutoscalerStatus status)
    {
        if (string.IsNullOrEmpty(scale.Status.Selector))
        {
            const string Missing = "selector is required";
            events.Warning(autoscaler, "SelectorRequired", Missing);
            throw Unmeasured(autoscaler, scale, status, "InvalidSelector", "the HPA target's scale is missing a selector", Missing);
        }

        Selection selection;
        try
        {
            selection = Select(key, scale.Status.Selector);
        }
        catch (FormatException wrong)
        {
            var message = $"couldn't convert selector into a corresponding internal selector object: {wrong.Message}";
            events.Warning(autoscaler, "InvalidSelector", message);
            throw Unmeasured(autoscaler, scale, status, "InvalidSelector", message, message);
        }

        var (selector, pods) = (selection.Selector, selection.Pods);
        selectors[key] = selector;
        var sharing = selectors
            .Where(s => s.Key.Namespace == key.Namespace && pods.Exists(p => s.Value.Matches(p.Metadata.Labels)))
            .Select(s => $"{{{s.Key.Name} {s.Key.Namespace}}}")
            .ToList();
        if (sharing.Count > 1)
        {
            var message = $"pods by selector {scale.Status.Selector} are controlled by multiple HPAs: [{string.Join(' ', sharing)}]";
            events.Warning(autoscaler, "AmbiguousSelector", message);
            throw Unmeasured(autoscaler, scale, status, "AmbiguousSelector", message, message);
        }

        return (selector, pods);
    }

    /// <summary>Its pods by name; they are looked for again only when some pod has changed since.</summary>
    private Selection Select(ObjectKey key, string text)
    {
        if (selections.TryGetValue(key, out var last) && last.Text == text && last.Version == podsByNamespace.Version)
        {
            return last;
        }

        var selector = Selector.Parse(text);
        var pods = podsByNamespace[key.Namespace].Where(p => selector.Matches(p.Metadata.Labels)).ToList();
        pods.Sort(static (left, right) => string.CompareOrdinal(left.Metadata.Name, right.Metadata.Name));
        return selections[key] = new Selection(text, selector, pods, podsByNamespace.Version);
    }

    private MetricsException Unmeasured(HorizontalPodAutoscaler autoscaler, Scale scale, AutoscalerStatus status, string reason, string condition, string message)
    {
        status.ScalingActive(false, reason, condition);
        status.Set(scale.Spec.Replicas, autoscaler.Status.DesiredReplicas, []);
        events.Warning(autoscaler, "FailedComputeMetricsReplicas", message);
        return new MetricsException(message);
    }

    private (ApiResource Resource, Scale Scale) Target(HorizontalPodAutoscaler autoscaler, AutoscalerStatus status)
    {
        var reference = autoscaler.Spec.ScaleTargetRef;
        var group = reference.ApiVersion is { } version && version.Contains('/', StringComparison.Ordinal) ? version[..version.IndexOf('/', StringComparison.Ordinal)] : "";
        try
        {
            var resource = kinds().FirstOrDefault(k => k.Kind == reference.Kind && k.Group == group)
                ?? throw new MetricsException($"no matches for kind {GoQuote.Quote(reference.Kind)} in group {GoQuote.Quote(group)}");
            return api.GetSubresource(resource, new ObjectKey(autoscaler.Metadata.Namespace!, reference.Name), "scale") is Scale scale
                ? (resource, scale)
                : throw new MetricsException($"{resource.QualifiedName} does not implement the scale subresource");
        }
        catch (Exception failure) when (failure is ApiException or MetricsException)
        {
            events.Warning(autoscaler, "FailedGetScale", failure.Message);
            status.AbleToScale(false, "FailedGetScale", $"the HPA controller was unable to get the target's current scale: {failure.Message}");
            throw new MetricsException(failure.Message);
        }
    }

    private void Rescale(
        HorizontalPodAutoscaler autoscaler,
        ApiResource resource,
        Scale scale,
        int replicas,
        string reason,
        IReadOnlyList<MetricStatus> measured,
        ScalingMemory memory,
        AutoscalerStatus status)
    {
        var current = scale.Spec.Replicas;
        try
        {
            api.Update(resource, scale with { Spec = scale.Spec with { Replicas = replicas } }, new WriteOptions { Subresource = "scale" });
        }
        catch (ApiException refusal)
        {
            events.Warning(autoscaler, "FailedRescale", $"New size: {replicas}; reason: {reason}; error: {refusal.Message}");
            status.AbleToScale(false, "FailedUpdateScale", $"the HPA controller was unable to update the target scale: {refusal.Message}");
            status.Set(current, autoscaler.Status.DesiredReplicas, measured);
            return;
        }

        status.AbleToScale(true, "SucceededRescale", $"the HPA controller was able to update the target scale to {replicas}");
        events.Normal(autoscaler, "SuccessfulRescale", $"New size: {replicas}; reason: {reason}");
        if (autoscaler.Spec.Behavior is { } behavior)
        {
            memory.Change(clock.Now, replicas - current, ScalingBounds.LongestPeriod(behavior));
        }

        status.Set(current, replicas, measured, rescaled: true);
    }

    private ScalingMemory MemoryOf(ObjectKey key, int current)
    {
        if (!memories.TryGetValue(key, out var memory))
        {
            memories.Add(key, memory = new ScalingMemory());
            memory.Propose(clock.Now, current);
        }

        return memory;
    }

    private sealed record Selection(string Text, Selector Selector, List<Pod> Pods, long Version);
}
