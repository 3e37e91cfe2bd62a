using FsCheck;
using FsCheck.Fluent;
using KubeLab.Api;
using KubeLab.Controllers.Deployments;

namespace KubeLab.Tests.Controllers.Deployments;

public sealed class RollingUpdateTests
{
    private static readonly Timestamp Start = new(new DateTimeOffset(2026, 1, 1, 0, 0, 0, TimeSpan.Zero));

    /// <summary>
    /// The table of upstream's TestDeploymentController_reconcileNewReplicaSet: desired, surge, old pods, new pods, expected.
    /// </summary>
    [Theory]
    [InlineData(10, 0, 10, 0, 0)]
    [InlineData(10, 2, 10, 0, 2)]
    [InlineData(10, 2, 5, 0, 7)]
    [InlineData(10, 2, 10, 2, 2)]
    [InlineData(2, 0, 0, 5, 2)]
    public void The_new_set_grows_into_the_room_that_surge_leaves(int desired, int surge, int old, int current, int expected) =>
        Assert.Equal(expected, RollingUpdate.NewSize(desired, surge, old + current, current));

    /// <summary>The table of upstream's TestDeploymentController_reconcileOldReplicaSets.</summary>
    [Theory]
    [InlineData(10, 0, 10, 10, 0, 0, 9)]
    [InlineData(10, 2, 10, 10, 0, 0, 8)]
    [InlineData(10, 2, 10, 8, 0, 0, 8)]
    [InlineData(10, 2, 10, 9, 0, 0, 8)]
    [InlineData(10, 2, 8, 8, 2, 0, 8)]
    public void Old_sets_shrink_only_as_far_as_availability_allows(
        int desired, int maxUnavailable, int oldReplicas, int oldAvailable, int newReplicas, int newAvailable, int expected)
    {
        var bounds = RolloutBounds.Resolve(0, maxUnavailable, desired);
        var steps = RollingUpdate.OldSizes(desired, bounds, Set("new", 1, newReplicas, newAvailable), [Set("old", 0, oldReplicas, oldAvailable)]);
        Assert.Equal(expected, steps.Count == 0 ? oldReplicas : steps[^1].To);
    }

    [Fact]
    public void Unhealthy_old_pods_go_first_even_from_the_younger_set()
    {
        var steps = RollingUpdate.OldSizes(
            10, new RolloutBounds(3, 2), Set("new", 2, 0, 0), [Set("first", 0, 6, 6), Set("second", 1, 4, 2)]);
        Assert.Equal([new Resize("second", 2)], steps);
    }

    [Fact]
    public void New_pods_that_are_not_available_buy_no_room()
    {
        // Upstream's example: ten wished, two may be missing, three too many; five new ones crash, one old one is lost.
        Assert.Empty(RollingUpdate.OldSizes(10, new RolloutBounds(3, 2), Set("new", 1, 5, 0), [Set("old", 0, 8, 7)]));
    }

    [Fact]
    public void A_rollout_never_exceeds_surge_never_starves_service_and_ends() =>
        Prop.ForAll(
            Gen.Choose(1, 12).ToArbitrary(), Gen.Choose(0, 4).ToArbitrary(), Gen.Choose(0, 4).ToArbitrary(), (desired, surge, unavailable) =>
            {
                var bounds = RolloutBounds.Resolve(surge, unavailable, desired);
                var (old, @new, oldAvailable, newAvailable) = (desired, 0, desired, 0);
                for (var step = 0; step < 1000; step++)
                {
                    var next = RollingUpdate.NewSize(desired, bounds.MaxSurge, old + @new, @new);
                    var steps = RollingUpdate.OldSizes(desired, bounds, Set("new", 1, @new, newAvailable), [Set("old", 0, old, oldAvailable)]);
                    if (next != @new)
                    {
                        @new = next;
                    }
                    else if (steps.Count > 0)
                    {
                        old = steps[^1].To;
                        oldAvailable = Math.Min(oldAvailable, old);
                    }
                    else if (newAvailable < @new)
                    {
                        newAvailable++;
                    }
                    else
                    {
                        break;
                    }

                    Assert.True(old + @new <= desired + bounds.MaxSurge, "exceeds surge");
                    Assert.True(oldAvailable + newAvailable >= desired - bounds.MaxUnavailable, "starves service");
                }

                return old == 0 && @new == desired;
            }).QuickCheckThrowOnFailure();

    private static ReplicaSetSize Set(string name, int age, int replicas, int available) =>
        new(name, Start.Instant.AddSeconds(age), replicas, available);
}
