namespace KubeLab.Charts.Drawing;

/// <summary>Cuts a rectangle into one for each value, as large as the value and as nearly square as can be.</summary>
/// <remarks>Rows are filled along the shorter side as long as that makes their worst rectangle better (Bruls, Huizing and van Wijk, Squarified Treemaps, 2000). The largest value should come first.</remarks>
public static class Squares
{
    /// <summary>One rectangle for each value, in their order; those of values that are not positive are empty.</summary>
    /// <param name="whole">What is cut; all of it is given away when any value is positive.</param>
    /// <param name="values">The values, in any unit.</param>
    public static IReadOnlyList<Area> Cut(Area whole, IReadOnlyList<double> values)
    {
        ArgumentNullException.ThrowIfNull(values);
        var areas = new Area[values.Count];
        var sum = values.Sum(v => Math.Max(v, 0));
        if (sum <= 0)
        {
            return areas;
        }

        var scale = whole.Width * whole.Height / sum;
        for (var (first, left) = (0, whole); first < values.Count;)
        {
            var side = Math.Min(left.Width, left.Height);
            var count = 1;
            while (first + count < values.Count && Worst(first, count + 1, side) <= Worst(first, count, side))
            {
                count++;
            }

            left = Place(first, count, left);
            first += count;
        }

        return areas;

        double Size(int i) => Math.Max(values[i], 0) * scale;

        double Total(int from, int count) => Enumerable.Range(from, count).Sum(Size);

        // How far the least square rectangle of a row is from a square.
        double Worst(int from, int count, double side)
        {
            var total = Total(from, count);
            if (total <= 0)
            {
                return double.PositiveInfinity;
            }

            var (least, most) = (Enumerable.Range(from, count).Min(Size), Enumerable.Range(from, count).Max(Size));
            return least <= 0 ? double.PositiveInfinity : Math.Max(side * side * most / (total * total), total * total / (side * side * least));
        }

        Area Place(int from, int count, Area into)
        {
            var total = Total(from, count);
            var isUpright = into.Width >= into.Height;
            var thick = isUpright ? Safe(total, into.Height) : Safe(total, into.Width);
            var along = 0.0;
            for (var i = from; i < from + count; i++)
            {
                var length = Safe(Size(i), thick);
                areas[i] = isUpright ? new Area(into.Left, into.Bottom + along, thick, length) : new Area(into.Left + along, into.Bottom, length, thick);
                along += length;
            }

            return isUpright
                ? new Area(into.Left + thick, into.Bottom, into.Width - thick, into.Height)
                : new Area(into.Left, into.Bottom + thick, into.Width, into.Height - thick);
        }
    }

    private static double Safe(double area, double side) => side > 0 ? area / side : 0;
}
