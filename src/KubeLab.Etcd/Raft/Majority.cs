namespace KubeLab.Etcd.Raft;

/// <summary>What a majority of voters have in common.</summary>
internal static class Majority
{
    private const int VotersOnStack = 16;

    /// <summary>The highest value that a majority of the voters has reached; for no voters nothing holds anybody back.</summary>
    public static long Reached(Membership membership, Func<long, long> valueOf)
    {
        var voters = membership.Voters;
        if (voters.Count == 0)
        {
            return long.MaxValue;
        }

        Span<long> values = voters.Count <= VotersOnStack ? stackalloc long[voters.Count] : new long[voters.Count];
        for (var i = 0; i < values.Length; i++)
        {
            values[i] = valueOf(voters[i]);
        }

        values.Sort();
        return values[^membership.Quorum];
    }
}
