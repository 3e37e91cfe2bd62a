using System.Runtime.InteropServices;

namespace KubeLab.Charts.Drawing;

/// <summary>Arranges events in rows and merges those that would cover each other.</summary>
internal sealed class Timeline
{
    /// <summary>Of more objects than this the rows are reasons instead.</summary>
    public const int RowsMax = 28;

    /// <summary>At most so many marks are drawn, except that each row and reason keeps one.</summary>
    public const int MarksMax = 1500;

    private const int ColumnsMax = 400;

    public Timeline(IReadOnlyList<TimelineEvent> events, Frame frame)
    {
        Shown = [.. events.Where(one => one.At >= frame.Start && one.At <= frame.End).OrderBy(one => one.At)];
        IsByObject = Shown.Select(one => one.Object).Distinct(StringComparer.Ordinal).Count() <= RowsMax;
        Rows = [.. Shown.Select(Row).Distinct(StringComparer.Ordinal)];
        Reasons = [.. Shown.GroupBy(Reason).OrderByDescending(group => group.Key.IsWarning).ThenByDescending(group => group.Count())
            .ThenBy(group => group.Key.Reason, StringComparer.Ordinal).Select(group => group.Key)];
        for (var columns = ColumnsMax; ; columns /= 2)
        {
            Marks = Merge(columns, frame);
            if (Marks.Count <= MarksMax || columns == 1)
            {
                return;
            }
        }
    }

    /// <summary>The events within the frame, oldest first.</summary>
    public IReadOnlyList<TimelineEvent> Shown { get; }

    /// <summary>Whether rows are objects; else they are reasons.</summary>
    public bool IsByObject { get; }

    /// <summary>The names of rows, in the order in which they first appear.</summary>
    public IReadOnlyList<string> Rows { get; }

    /// <summary>The kinds of marks: warnings first, frequent ones first.</summary>
    public IReadOnlyList<(string Reason, bool IsWarning)> Reasons { get; }

    /// <summary>The marks, oldest first.</summary>
    public IReadOnlyList<Mark> Marks { get; }

    private string Row(TimelineEvent one) => IsByObject ? one.Object : one.Reason;

    private static (string Reason, bool IsWarning) Reason(TimelineEvent one) => (one.Reason, one.IsWarning);

    private List<Mark> Merge(int columns, Frame frame)
    {
        var rowNumbers = Rows.Select((row, i) => (row, i)).ToDictionary(pair => pair.row, pair => pair.i, StringComparer.Ordinal);
        var places = new Dictionary<(int Row, string Reason, bool IsWarning, long Column), int>();
        var marks = new List<Mark>();
        var span = (frame.End - frame.Start).Ticks;
        foreach (var one in Shown)
        {
            var row = rowNumbers[Row(one)];
            var column = (long)((Int128)(one.At - frame.Start).Ticks * columns / span);
            var key = (row, one.Reason, one.IsWarning, column);
            ref var place = ref CollectionsMarshal.GetValueRefOrAddDefault(places, key, out var isKnown);
            if (isKnown)
            {
                marks[place] = marks[place] with { Count = marks[place].Count + 1 };
            }
            else
            {
                place = marks.Count;
                marks.Add(new Mark(row, one, 1));
            }
        }

        return marks;
    }

    /// <summary>One mark: the first of the events that it stands for.</summary>
    internal readonly record struct Mark(int Row, TimelineEvent First, int Count)
    {
        /// <summary>What its shape tells.</summary>
        public (string Reason, bool IsWarning) Kind => (First.Reason, First.IsWarning);
    }
}
