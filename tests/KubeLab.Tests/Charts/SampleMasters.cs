using KubeLab.Charts;

namespace KubeLab.Tests.Charts;

/// <summary>Made-up groups of masters to draw.</summary>
internal static class SampleMasters
{
    public static Figure Members()
    {
        DateTimeOffset At(double seconds) => SampleRuns.Start.AddSeconds(seconds);
        MemberStretch[] stretches =
        [
            new("master-1", MemberState.Leader, 2, At(0), At(20)), new("master-1", MemberState.Down, 2, At(20), At(60)), new("master-1", MemberState.Follower, 3, At(60), At(90)),
            new("master-2", MemberState.Follower, 2, At(0), At(21.3)), new("master-2", MemberState.Candidate, 2, At(21.3), At(21.6)),
            new("master-2", MemberState.Leader, 3, At(21.6), At(40)), new("master-2", MemberState.Follower, 3, At(40), At(55)),
            new("master-2", MemberState.Candidate, 3, At(55), At(62)), new("master-2", MemberState.Leader, 4, At(62), At(90)),
            new("master-3", MemberState.Follower, 2, At(0), At(21.6)), new("master-3", MemberState.Follower, 3, At(21.6), At(38)), new("master-3", MemberState.Down, 3, At(38), At(90)),
        ];
        return MembersChart.Of(stretches, [new(At(38), At(60))], new Frame { LabStarted = SampleRuns.Start, To = At(90), Markers = [new(At(20), "master-1 lost"), new(At(38), "master-3 lost")] });
    }

    /// <summary>Three members, one of them down; the write comes to a follower.</summary>
    public static Figure Write() => WriteStoryChart.Of(new WriteStory
    {
        Members = ["master-1", "master-2", "master-3"],
        Origin = 0,
        Leader = 1,
        Index = 7,
        Messages =
        [
            new(0, 1, WriteMessageKind.Propose, "please write", 0, 0.24), new(1, 0, WriteMessageKind.Append, "append 7", 0.24, 0.51),
            new(1, 2, WriteMessageKind.Append, "append 7", 0.24, null), new(0, 1, WriteMessageKind.Acknowledge, "have 7", 2.3, 2.61),
            new(1, 0, WriteMessageKind.Commit, "committed 7", 2.61, 2.88), new(1, 2, WriteMessageKind.Commit, "committed 7", 2.61, null),
        ],
        Syncs = [new(1, 0.24, 1.9), new(0, 0.51, 2.3)],
        Downs = [new(2, 0, null)],
        Committed = 2.61,
        Acknowledged = 2.88,
        Length = 2.88,
    });

    public static Figure Logs() => LogBarsChart.Of(
    [
        new("master-1", 10_000, 12_340, 12_340, 12_347), new("master-2", 10_000, 12_338, 12_340, 12_345), new("master-3 (down)", 10_000, 10_000, 12_331, 12_333),
    ]);

    public static Figure Availability() => AvailabilityChart.Of(
        0.99,
        [new(1, 87.6), new(2, 174.324), new(3, 2.61), new(4, 5.19), new(5, 0.0863)],
        [new(1, 88.9, 2.1), new(2, 171.2, 3.8), new(3, 2.5, 0.11), new(4, 5.4, 0.23), new(5, 0.09, 0.006)]);

    public static Figure Latency()
    {
        LatencyCurve Curve(string condition, int from, double scale) => new(
            condition, [.. Enumerable.Range(from, 10 - from).Select(n => new LatencyPoint(n, scale * (2 + (0.12 * n)), scale * (3.6 + (0.2 * n)), scale * (5 + (0.25 * n))))]);
        return WriteLatencyChart.Of([Curve("good disks", 1, 1), Curve("a follower's disk 10× slower", 2, 1.1), Curve("the leader's disk 10× slower", 1, 9)]);
    }
}
