namespace KubeLab.Etcd.Raft;

/// <summary>Remembers which of the last numbers have been seen, so that a message that arrives twice counts once.</summary>
/// <remarks>What is older than the window counts as seen: better a proposal that has to be made again than one that is done twice.</remarks>
internal sealed class ReplayWindow
{
    private const int Size = 4096;
    private readonly ulong[] seen = new ulong[Size / 64];
    private long highest;

    /// <summary>Whether <paramref name="number"/> is new; it is not any more afterwards.</summary>
    public bool IsNew(long number)
    {
        if (number <= highest - Size)
        {
            return false;
        }

        for (; highest < number; highest++)
        {
            Clear(highest + 1);
            if (number - highest > Size)
            {
                Array.Clear(seen);
                highest = number - 1;
            }
        }

        var bit = 1UL << (int)(number % 64);
        ref var word = ref seen[number % Size / 64];
        var isNew = (word & bit) == 0;
        word |= bit;
        return isNew;
    }

    private void Clear(long number) => seen[number % Size / 64] &= ~(1UL << (int)(number % 64));
}
