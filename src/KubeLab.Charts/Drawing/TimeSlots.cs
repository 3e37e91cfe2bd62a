using KubeLab.Simulation;

namespace KubeLab.Charts.Drawing;

/// <summary>A span cut into equal slots, for pictures in which a cell stands for a while.</summary>
internal sealed class TimeSlots(DateTimeOffset from, DateTimeOffset to, int count)
{
    /// <summary>How many there are.</summary>
    public int Count => count;

    /// <summary>Where a slot begins; that after the last one is the end.</summary>
    public DateTimeOffset Start(int slot) => from + ((to - from) * ((double)slot / count));

    /// <summary>Means of what nodes requested and used of what they had; no number while they had nothing, or while nobody measured.</summary>
    public SlotShare[] Shares(IReadOnlyList<ResourceSeries> nodes)
    {
        var shares = new SlotShare[count];
        for (var i = 0; i < count; i++)
        {
            double requested = 0, used = 0, allocatable = 0;
            foreach (var node in nodes)
            {
                requested += Sum(node.Requested, i);
                used += Sum(node.Used, i);
                allocatable += Sum(node.Allocatable, i);
            }

            var isMeasured = nodes.Any(n => n.Used.Samples.Count > 0 && n.Used.Samples[0].At < Start(i + 1));
            shares[i] = allocatable > 0 ? new SlotShare(requested / allocatable, isMeasured ? used / allocatable : double.NaN) : new SlotShare(double.NaN, double.NaN);
        }

        return shares;
    }

    private double Sum(TimeSeries series, int slot) => series.Integral(Start(slot), Start(slot + 1));
}

/// <summary>Shares of what is allocatable in one slot, from 0 to 1.</summary>
/// <param name="Requested">The requested share; no number where there was no node.</param>
/// <param name="Used">The used share; no number where nobody measured.</param>
internal readonly record struct SlotShare(double Requested, double Used);
