namespace KubeLab.Charts;

/// <summary>What a member of a group is, for <see cref="MembersChart"/>.</summary>
public enum MemberState
{
    /// <summary>It follows.</summary>
    Follower,

    /// <summary>It stands for election.</summary>
    Candidate,

    /// <summary>It leads, or believes to.</summary>
    Leader,

    /// <summary>It does not run.</summary>
    Down,
}

/// <summary>A time during which a member stayed what it was.</summary>
/// <param name="Member">Its name.</param>
/// <param name="State">What it was.</param>
/// <param name="Term">In which term.</param>
/// <param name="From">Since when.</param>
/// <param name="To">Until when.</param>
public sealed record MemberStretch(string Member, MemberState State, long Term, DateTimeOffset From, DateTimeOffset To);

/// <summary>A stretch of time.</summary>
/// <param name="From">Its start.</param>
/// <param name="To">Its end.</param>
public readonly record struct TimeRange(DateTimeOffset From, DateTimeOffset To);
