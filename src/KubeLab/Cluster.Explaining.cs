using KubeLab.Api.Core;
using KubeLab.Api.Verbs;
using KubeLab.Explaining;
using KubeLab.Scheduling.Explaining;

namespace KubeLab;

/// <content>Why things are as they are.</content>
public abstract partial class Cluster
{
    /// <summary>What the scheduler thinks of a pod: every node's refusals or scores, as if the pod were placed now.</summary>
    /// <param name="pod">Its name, or <c>namespace/name</c>.</param>
    /// <exception cref="ArgumentException">There is no such pod.</exception>
    public SchedulingAnswer Explain(string pod) => Answer(PodCalled(pod), withChanges: false);

    /// <summary>What the scheduler would think of a pod that does not exist.</summary>
    public SchedulingAnswer Explain(Pod pod) => Answer(pod.Metadata.Namespace is null ? pod with { Metadata = pod.Metadata with { Namespace = "default" } } : pod, withChanges: false);

    /// <summary>Why a pod has no node, and what would change it: each change is tried out with the scheduler's own filters.</summary>
    /// <param name="pod">Its name, or <c>namespace/name</c>.</param>
    /// <exception cref="ArgumentException">There is no such pod.</exception>
    public SchedulingAnswer WhyPending(string pod) => Answer(PodCalled(pod), withChanges: true);

    /// <summary>The story of an object: who made it, what it made, what went wrong, why it is as it is, and what to do next.</summary>
    /// <param name="what">For example <c>deployment/web</c>, <c>pod/web-1</c> or <c>node/workers-1</c>.</param>
    /// <param name="ns">Its namespace.</param>
    /// <exception cref="ArgumentException">There is no such object, or the kind is not known here.</exception>
    public ObjectStory Why(string what, string ns = "default") => StoryTeller.Tell(this, what, ns);

    /// <summary>What one more node of each pool would change for a pod; only where nodes can be added.</summary>
    internal virtual IEnumerable<Counterfactual> AnotherNode(Explainer explainer, Pod pod) => [];

    /// <summary>Says where an explanation comes from, where that is not the scheduler of the cluster itself.</summary>
    internal virtual string ExplanationSource => "";

    internal SchedulingAnswer Answer(Pod pod, bool withChanges)
    {
        var explainer = new Explainer(Api, Clock, without: pod, schedulerName: pod.Spec.SchedulerName);
        var explanation = explainer.Explain(pod);
        if (withChanges && !explanation.Fits && string.IsNullOrEmpty(pod.Spec.NodeName))
        {
            explanation = explanation with { Counterfactuals = [.. new WhatIf(explainer, pod).All(), .. AnotherNode(explainer, pod)] };
        }

        return new SchedulingAnswer(explanation, ExplanationSource);
    }

    private Pod PodCalled(string name)
    {
        var slash = name.IndexOf('/');
        var (ns, own) = slash < 0 ? ("default", name) : (name[..slash], name[(slash + 1)..]);
        return Api.Find<Pod>(ns, own) ?? throw new ArgumentException($"there is no pod \"{own}\" in namespace {ns}", nameof(name));
    }
}
