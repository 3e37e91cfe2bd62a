using System.Globalization;
using System.Text;

namespace KubeLab.Controllers.Jobs;

/// <summary>A set of completion indexes, kept and written as ranges: <c>1,3-5,7</c>.</summary>
/// <remarks>Upstream: orderedIntervals in pkg/controller/job/indexed_job_utils.go.</remarks>
/// <seealso href="https://kubernetes.io/docs/concepts/workloads/controllers/job/#completion-mode">Completion mode</seealso>
public sealed class IndexRanges
{
    private readonly (int First, int Last)[] ranges;

    private IndexRanges((int First, int Last)[] ranges) => this.ranges = ranges;

    /// <summary>The empty set.</summary>
    public static IndexRanges None { get; } = new([]);

    /// <summary>How many indexes it holds.</summary>
    public int Count
    {
        get
        {
            var count = 0;
            foreach (var (first, last) in ranges)
            {
                count += last - first + 1;
            }

            return count;
        }
    }

    /// <summary>The indexes that <paramref name="text"/> names, as far as they are less than <paramref name="below"/>; what cannot be read is left out.</summary>
    public static IndexRanges Parse(string? text, int below)
    {
        if (string.IsNullOrEmpty(text))
        {
            return None;
        }

        var read = new List<(int First, int Last)>();
        foreach (var part in text.Split(','))
        {
            var ends = part.Split('-');
            if (!TryNumber(ends[0], out var first))
            {
                continue;
            }

            if (first >= below)
            {
                break;
            }

            var last = first;
            if (ends.Length > 1 && !TryNumber(ends[1], out last))
            {
                continue;
            }

            Append(read, (first, Math.Min(last, below - 1)));
        }

        return new([.. read]);
    }

    /// <summary>The set of <paramref name="indexes"/>, in any order.</summary>
    public static IndexRanges Of(IEnumerable<int> indexes)
    {
        var read = new List<(int First, int Last)>();
        foreach (var index in indexes.Order())
        {
            Append(read, (index, index));
        }

        return read.Count == 0 ? None : new([.. read]);
    }

    /// <summary>Whether it holds <paramref name="index"/>.</summary>
    public bool Contains(int index)
    {
        var (low, high) = (0, ranges.Length);
        while (low < high)
        {
            var middle = low + ((high - low) / 2);
            if (ranges[middle].Last < index)
            {
                low = middle + 1;
            }
            else
            {
                high = middle;
            }
        }

        return low < ranges.Length && ranges[low].First <= index;
    }

    /// <summary>The indexes of both.</summary>
    public IndexRanges Union(IndexRanges other)
    {
        if (other.ranges.Length == 0 || ranges.Length == 0)
        {
            return ranges.Length == 0 ? other : this;
        }

        var merged = new List<(int First, int Last)>(ranges.Length + other.ranges.Length);
        var (i, j) = (0, 0);
        while (i < ranges.Length || j < other.ranges.Length)
        {
            var mine = j == other.ranges.Length || (i < ranges.Length && ranges[i].First < other.ranges[j].First);
            Append(merged, mine ? ranges[i++] : other.ranges[j++]);
        }

        return new([.. merged]);
    }

    /// <summary>How many indexes are in both.</summary>
    public int CountCommon(IndexRanges other)
    {
        var (i, j, count) = (0, 0, 0);
        while (i < ranges.Length && j < other.ranges.Length)
        {
            var (mine, theirs) = (ranges[i], other.ranges[j]);
            count += Math.Max(0, Math.Min(mine.Last, theirs.Last) - Math.Max(mine.First, theirs.First) + 1);
            i += mine.Last <= theirs.Last ? 1 : 0;
            j += theirs.Last <= mine.Last ? 1 : 0;
        }

        return count;
    }

    /// <summary>The least <paramref name="count"/> numbers from 0 to <paramref name="below"/>, exclusive, that it does not hold.</summary>
    public IReadOnlyList<int> Missing(int below, int count)
    {
        var missing = new List<int>();
        var next = 0;
        foreach (var (first, last) in ranges)
        {
            for (; next < Math.Min(first, below) && missing.Count < count; next++)
            {
                missing.Add(next);
            }

            next = Math.Max(next, last + 1);
        }

        for (; next < below && missing.Count < count; next++)
        {
            missing.Add(next);
        }

        return missing;
    }

    /// <summary>The ranges, two neighbours written as two numbers: <c>0,1,3-5</c>.</summary>
    public override string ToString()
    {
        var text = new StringBuilder();
        foreach (var (first, last) in ranges)
        {
            text.Append(text.Length == 0 ? "" : ",").Append(CultureInfo.InvariantCulture, $"{first}");
            if (last > first)
            {
                text.Append(last == first + 1 ? ',' : '-').Append(CultureInfo.InvariantCulture, $"{last}");
            }
        }

        return text.ToString();
    }

    private static void Append(List<(int First, int Last)> ranges, (int First, int Last) next)
    {
        if (ranges.Count == 0 || next.First > ranges[^1].Last + 1)
        {
            ranges.Add(next);
        }
        else if (next.Last > ranges[^1].Last)
        {
            ranges[^1] = (ranges[^1].First, next.Last);
        }
    }

    private static bool TryNumber(string text, out int number) =>
        int.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out number);
}
