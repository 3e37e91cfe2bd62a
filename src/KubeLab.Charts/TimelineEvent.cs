namespace KubeLab.Charts;

/// <summary>An event of the cluster, as a chart needs it.</summary>
/// <param name="At">When it was last seen, in simulated UTC.</param>
/// <param name="Object">What it is about, as kubectl writes it: <c>pod/web-7d4b9-x2x9z</c>.</param>
/// <param name="Reason">Why, in one word: <c>FailedScheduling</c>.</param>
/// <param name="IsWarning">Whether its type is <c>Warning</c> rather than <c>Normal</c>.</param>
/// <param name="Message">What it says.</param>
/// <seealso href="https://kubernetes.io/docs/reference/kubernetes-api/cluster-resources/event-v1/"/>
public sealed record TimelineEvent(DateTimeOffset At, string Object, string Reason, bool IsWarning, string Message);
