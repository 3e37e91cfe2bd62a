namespace KubeLab.Lessons;

/// <summary>An exercise of an episode and how it is checked: a pure function of the cluster's state and of the learner's answer.</summary>
/// <param name="Id">For example <c>E05.1</c>.</param>
/// <param name="Task">What is asked, in one sentence.</param>
/// <param name="Look">Checks; the answer is null for exercises that are solved on the cluster.</param>
public sealed record Exercise(string Id, string Task, Func<Cluster, IReadOnlyList<string>?, CheckResult> Look);
