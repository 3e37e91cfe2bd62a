using KubeLab.Charts.Drawing;
using KubeLab.Simulation;

namespace KubeLab.Tests.Charts;

public sealed class SquaresTests
{
    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(4)]
    public void Rectangles_are_as_large_as_their_values_lie_inside_and_do_not_overlap(long seed)
    {
        var chance = new Randomness(seed);
        double[] values = [.. Enumerable.Range(0, 1 + chance.NextInt(40)).Select(_ => chance.Uniform(0.01, 10)).OrderDescending()];
        var whole = new Area(1, 2, 3, 2);
        var areas = Squares.Cut(whole, values);
        var scale = whole.Width * whole.Height / values.Sum();
        for (var i = 0; i < values.Length; i++)
        {
            Assert.Equal(values[i] * scale, areas[i].Width * areas[i].Height, 9);
            Assert.True(areas[i].Left >= whole.Left - 1e-9 && areas[i].Left + areas[i].Width <= whole.Left + whole.Width + 1e-9);
            Assert.True(areas[i].Bottom >= whole.Bottom - 1e-9 && areas[i].Bottom + areas[i].Height <= whole.Bottom + whole.Height + 1e-9);
            for (var j = 0; j < i; j++)
            {
                var (x, y) = (Shared(areas[i].Left, areas[i].Width, areas[j].Left, areas[j].Width), Shared(areas[i].Bottom, areas[i].Height, areas[j].Bottom, areas[j].Height));
                Assert.True(x < 1e-9 || y < 1e-9, $"{areas[i]} {areas[j]}");
            }
        }
    }

    [Fact]
    public void Equal_values_in_a_square_become_squares()
    {
        var areas = Squares.Cut(new Area(0, 0, 2, 2), [1, 1, 1, 1]);
        Assert.All(areas, a => Assert.Equal((1, 1), (Math.Round(a.Width, 9), Math.Round(a.Height, 9))));
    }

    [Fact]
    public void What_is_nothing_has_no_area()
    {
        Assert.All(Squares.Cut(new Area(0, 0, 1, 1), [0, 0]), a => Assert.Equal(0, a.Width * a.Height));
        Assert.Equal(0, Squares.Cut(new Area(0, 0, 1, 1), [2, 0])[1] is var last ? last.Width * last.Height : 1);
    }

    private static double Shared(double from, double length, double otherFrom, double otherLength) =>
        Math.Min(from + length, otherFrom + otherLength) - Math.Max(from, otherFrom);
}
