namespace KubeLab.Etcd.Mvcc;

/// <summary>All keys in order: a list of short sorted runs, so that an insertion moves a few hundred references and a walk is a walk over arrays.</summary>
/// <remarks>
/// Keys are looked up elsewhere; order is asked for by ranges alone, which are rare. So new keys wait unsorted until the next range, and keys that are
/// gone stay, showing nothing, until they are the greater part.
/// </remarks>
internal sealed class KeyIndex
{
    private const int RunLengthMax = 512;
    private const int GoneKept = 1024;
    private readonly List<KeyEntry> fresh = [];
    private readonly List<Run> runs = [new()];
    private int sorted;
    private int gone;

    public void Add(KeyEntry entry) => fresh.Add(entry);

    /// <summary>Takes a key out whose newest version is a deletion.</summary>
    public void Remove(KeyEntry entry)
    {
        entry.IsGone = true;
        gone++;
        if (gone > GoneKept && gone > (sorted + fresh.Count) / 2)
        {
            DropGone();
        }
    }

    /// <summary>The keys in [start, end), in order, some of them perhaps gone. The index must not change while they are enumerated.</summary>
    public Walk Between(string start, string end)
    {
        Sort();
        var at = RunOf(start);
        return new Walk(runs, at, runs[at].PlaceOf(start), end);
    }

    private void Sort()
    {
        fresh.Sort(static (a, b) => Compare(a, b));
        foreach (var entry in fresh)
        {
            Insert(entry);
        }

        sorted += fresh.Count;
        fresh.Clear();
    }

    private void DropGone()
    {
        fresh.RemoveAll(static e => e.IsGone);
        runs.ForEach(static r => r.DropGone());
        runs.RemoveAll(static r => r.Count == 0);
        if (runs.Count == 0)
        {
            runs.Add(new());
        }

        (sorted, gone) = (runs.Sum(static r => r.Count), 0);
    }

    private void Insert(KeyEntry entry)
    {
        var at = RunOf(entry);
        var run = runs[at];
        if (run.Count == RunLengthMax)
        {
            var upper = run.SplitUpperHalf();
            runs.Insert(at + 1, upper);
            if (Compare(entry, upper[0]) >= 0)
            {
                run = upper;
            }
        }

        run.Insert(entry);
    }

    private static int Compare(in KeyText one, in KeyText other) => one.CompareTo(other);

    private int RunOf(in KeyText key)
    {
        int low = 0, high = runs.Count - 1;
        while (low < high)
        {
            var middle = (low + high + 1) / 2;
            if (runs[middle].Count == 0 || Compare(runs[middle][0], key) <= 0)
            {
                low = middle;
            }
            else
            {
                high = middle - 1;
            }
        }

        return low;
    }

    /// <summary>A position in the index that moves on.</summary>
    internal struct Walk(List<Run> runs, int run, int place, string end)
    {
        private int run = run;
        private int place = place - 1;

        public KeyEntry Current { get; private set; } = null!;

        public readonly Walk GetEnumerator() => this;

        public bool MoveNext()
        {
            place++;
            while (place >= runs[run].Count)
            {
                if (run + 1 >= runs.Count)
                {
                    return false;
                }

                run++;
                place = 0;
            }

            Current = runs[run][place];
            return Compare(Current, end) < 0;
        }
    }

    /// <summary>A sorted array of at most <see cref="RunLengthMax"/> keys.</summary>
    internal sealed class Run
    {
        private KeyEntry[] entries = new KeyEntry[16];

        public int Count { get; private set; }

        public KeyEntry this[int index] => entries[index];

        public int PlaceOf(in KeyText key)
        {
            int low = 0, high = Count;
            while (low < high)
            {
                var middle = (low + high) / 2;
                if (Compare(entries[middle], key) < 0)
                {
                    low = middle + 1;
                }
                else
                {
                    high = middle;
                }
            }

            return low;
        }

        public void Insert(KeyEntry entry)
        {
            if (Count == entries.Length)
            {
                Array.Resize(ref entries, Count * 2);
            }

            var place = PlaceOf(entry);
            Array.Copy(entries, place, entries, place + 1, Count - place);
            entries[place] = entry;
            Count++;
        }

        public void DropGone()
        {
            var kept = 0;
            for (var i = 0; i < Count; i++)
            {
                if (!entries[i].IsGone)
                {
                    entries[kept++] = entries[i];
                }
            }

            Array.Clear(entries, kept, Count - kept);
            Count = kept;
        }

        public Run SplitUpperHalf()
        {
            var upper = new Run { entries = new KeyEntry[RunLengthMax], Count = Count / 2 };
            Count -= upper.Count;
            Array.Copy(entries, Count, upper.entries, 0, upper.Count);
            Array.Clear(entries, Count, upper.Count);
            return upper;
        }
    }
}
