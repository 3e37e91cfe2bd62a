using KubeLab.Charts;
using KubeLab.Charts.Drawing;

namespace KubeLab.Tests.Charts;

public sealed class LabelPlacesTests
{
    [Fact]
    public void A_lonely_label_stands_on_the_right_and_at_the_edge_on_the_left()
    {
        Assert.Equal(LabelSide.Right, Sides(new PlanePoint("12 x e2-standard-4", 5, 80), new PlanePoint("far", 40, 10))[0]);
        Assert.Equal(LabelSide.Left, Sides(new PlanePoint("12 x e2-standard-4", 46, 80))[0]);
    }

    [Fact]
    public void Crowded_points_get_labels_below_and_above() => Assert.Equal(
        [LabelSide.Below, LabelSide.Right],
        Sides(new PlanePoint("45 x e2-standard-4", 30, 73), new PlanePoint("24 x e2-standard-4", 42, 75), new PlanePoint("last", 100, 10)).Take(2));

    [Fact]
    public void Nothing_costs_nothing_and_takes_no_time() => Assert.Single(Sides(new PlanePoint("nothing", 0, 0)));

    private static List<LabelSide> Sides(params PlanePoint[] points)
    {
        var places = new LabelPlaces(points);
        return [.. points.Select(p => places.Take([p]).Side)];
    }
}
