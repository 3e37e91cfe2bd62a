namespace KubeLab.Charts.Drawing;

/// <summary>Finds places for the labels of a <see cref="TimePricePlaneChart"/> that cover neither each other nor a point.</summary>
/// <remarks>How large a letter is on the screen is not known here: it is taken as on a page of usual width.</remarks>
public sealed class LabelPlaces
{
    private const double LetterWidth = 0.0145;
    private const double LineHeight = 0.05;
    private const double Gap = 0.025;

    private readonly List<Box> taken = [];
    private readonly double widest;
    private readonly double dearest;

    /// <summary>No label stands yet; the points do.</summary>
    /// <param name="points">All points of the chart, at least one.</param>
    public LabelPlaces(IReadOnlyList<PlanePoint> points)
    {
        ArgumentNullException.ThrowIfNull(points);
        (widest, dearest) = (points.Max(p => p.Hours) * 1.12, points.Max(p => p.Price) * 1.25);
        taken.AddRange(points.Select(p => Around(p, 0.8 * Gap, 0.8 * Gap)));
    }

    /// <summary>The first place that is free for a label of points that share it; on the right of the last one when none is.</summary>
    /// <param name="group">The points, at least one.</param>
    public (PlanePoint Point, LabelSide Side) Take(IReadOnlyList<PlanePoint> group)
    {
        ArgumentNullException.ThrowIfNull(group);
        var (first, last) = (group.MinBy(p => p.Hours), group.MaxBy(p => p.Hours));
        foreach (var (point, side) in new[]
        {
            (last, LabelSide.Right), (first, LabelSide.Left), (group.MinBy(p => p.Price), LabelSide.Below), (group.MaxBy(p => p.Price), LabelSide.Above),
        })
        {
            var box = At(point, side);
            if (box is { Left: >= 0, Right: <= 1 } && !taken.Exists(box.Overlaps))
            {
                taken.Add(box);
                return (point, side);
            }
        }

        return (last, LabelSide.Right);
    }

    private Box At(PlanePoint point, LabelSide side)
    {
        var half = point.Label.Length * LetterWidth / 2;
        var box = Around(point, half, LineHeight / 2);
        return side switch
        {
            LabelSide.Right => box.Moved(half + Gap, 0),
            LabelSide.Left => box.Moved(-half - Gap, 0),
            LabelSide.Below => box.Moved(0, -LineHeight),
            _ => box.Moved(0, LineHeight),
        };
    }

    private Box Around(PlanePoint point, double halfWidth, double halfHeight)
    {
        var (x, y) = (widest > 0 ? point.Hours / widest : 0, dearest > 0 ? point.Price / dearest : 0);
        return new(x - halfWidth, x + halfWidth, y - halfHeight, y + halfHeight);
    }

    /// <summary>A rectangle in parts of the axes.</summary>
    private readonly record struct Box(double Left, double Right, double Bottom, double Top)
    {
        public bool Overlaps(Box other) => Left < other.Right && other.Left < Right && Bottom < other.Top && other.Bottom < Top;

        public Box Moved(double x, double y) => new(Left + x, Right + x, Bottom + y, Top + y);
    }
}
