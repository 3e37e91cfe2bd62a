using KubeLab.Simulated.Masters;

namespace KubeLab.Tests.Simulated.Masters;

public sealed class SidesTests
{
    private static readonly string[] Machines = ["master-1", "master-2", "master-3", "workers-1"];

    [Theory]
    [InlineData("master-1 | master-2 master-3", "master-1|master-2,master-3", false)]
    [InlineData(" master-1,workers-1|master-2,  master-3 ", "master-1,workers-1|master-2,master-3", false)]
    [InlineData("master-1|master-2|master-3", "master-1|master-2|master-3", false)]
    [InlineData("master-1", "master-1", true)]
    public void Sides_are_names_between_bars(string text, string expected, bool areOthersASide)
    {
        var sides = Sides.Parse(text, Machines);
        Assert.Equal(expected, string.Join('|', sides.Names.Select(s => string.Join(',', s))));
        Assert.Equal(areOthersASide, sides.AreOthersASide);
    }

    [Theory]
    [InlineData("master-9", "no machine \"master-9\"; there are master-1, master-2, master-3, workers-1")]
    [InlineData("", "names no machine")]
    [InlineData("master-1 |", "names no machine on one of its sides")]
    [InlineData("master-1 | master-1", "names master-1 twice")]
    public void What_makes_no_sense_is_refused(string text, string message) =>
        Assert.Contains(message, Assert.Throws<ArgumentException>(() => Sides.Parse(text, Machines)).Message, StringComparison.Ordinal);

    [Theory]
    [InlineData("master-1 | master-2 master-3", "master-1", "master-2", false)]
    [InlineData("master-1 | master-2 master-3", "master-2", "master-3", true)]
    [InlineData("master-1 | master-2 master-3", "workers-1", "master-1", true)]
    [InlineData("master-1 | master-2 master-3", null, "master-1", true)]
    [InlineData("master-1", "master-1", "master-2", false)]
    [InlineData("master-1", "workers-1", "master-1", false)]
    [InlineData("master-1", null, "master-1", false)]
    [InlineData("master-1", "master-1", "master-1", true)]
    [InlineData("master-1", "workers-1", "master-2", true)]
    public void Who_is_not_named_reaches_all_sides_unless_one_alone_is_cut_off(string text, string? from, string to, bool reaches)
    {
        var network = new Reachability();
        network.Part(Sides.Parse(text, Machines));
        Assert.Equal(reaches, network.Reaches(from, to));
        Assert.Equal(reaches, network.Reaches(to, from));
        network.Heal();
        Assert.True(network.Reaches(from, to));
    }
}
