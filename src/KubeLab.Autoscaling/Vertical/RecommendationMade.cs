using KubeLab.Api;
using KubeLab.Api.Autoscaling;

namespace KubeLab.Autoscaling.Vertical;

/// <summary>What the recommender saw and said of one container at one look, for those who look on.</summary>
/// <param name="At">When.</param>
/// <param name="Vpa">The autoscaler.</param>
/// <param name="Recommendation">What it recommends for which container.</param>
/// <param name="Measured">How many such containers were measured.</param>
/// <param name="Cpu">Their CPU, in thousandths of a core.</param>
/// <param name="Memory">Their memory, in bytes.</param>
public sealed record RecommendationMade(
    DateTimeOffset At, ObjectKey Vpa, RecommendedContainerResources Recommendation, int Measured, MeasuredShare Cpu, MeasuredShare Memory);

/// <summary>What the containers of one name used and requested of one resource, each on average.</summary>
/// <param name="Used">The mean.</param>
/// <param name="UsedMax">The most that one of them used.</param>
/// <param name="Requested">The mean of the requests.</param>
public readonly record struct MeasuredShare(double Used, double UsedMax, double Requested);
