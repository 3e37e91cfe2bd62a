using KubeLab.Api;
using KubeLab.Api.Core;
using KubeLab.Api.Selecting;

namespace KubeLab.Tests.Api.Selecting;

public sealed class NodeSelectorMatchTests
{
    private static readonly StringMap Labels = StringMap.Of(("zone", "a"), ("cores", "8"));

    [Theory]
    [InlineData("zone", "In", "a,b", true)]
    [InlineData("zone", "In", "b", false)]
    [InlineData("zone", "NotIn", "b", true)]
    [InlineData("disk", "NotIn", "ssd", true)]
    [InlineData("zone", "Exists", "", true)]
    [InlineData("disk", "DoesNotExist", "", true)]
    [InlineData("cores", "Gt", "4", true)]
    [InlineData("cores", "Gt", "8", false)]
    [InlineData("cores", "Lt", "16", true)]
    [InlineData("zone", "Gt", "4", false)]
    [InlineData("cores", "Gt", "4.5", false)]
    [InlineData("cores", "Near", "8", false)]
    public void A_line_relates_a_label_to_values(string key, string op, string values, bool matches)
    {
        Assert.Equal(matches, NodeSelectorMatch.Matches(Term(Line(key, op, values)), Labels, "node-1"));
    }

    [Fact]
    public void Terms_are_alternatives_lines_are_demands_and_an_empty_term_matches_nothing()
    {
        var both = Term(Line("zone", "In", "a"), Line("cores", "Gt", "10"));
        Assert.False(Matches(both));
        Assert.True(Matches(both, Term(Line("zone", "Exists", ""))));
        Assert.False(Matches(NodeSelectorTerm.Empty));
        Assert.False(Matches());
    }

    [Fact]
    public void The_name_of_the_node_is_a_field()
    {
        var term = new NodeSelectorTerm { MatchFields = [Line("metadata.name", "In", "node-1")] };
        Assert.True(NodeSelectorMatch.Matches(term, Labels, "node-1"));
        Assert.False(NodeSelectorMatch.Matches(term, Labels, "node-2"));
    }

    private static bool Matches(params NodeSelectorTerm[] terms) =>
        NodeSelectorMatch.Matches(new NodeSelector { NodeSelectorTerms = [.. terms] }, Labels, "node-1");

    private static NodeSelectorTerm Term(params NodeSelectorRequirement[] lines) => new() { MatchExpressions = [.. lines] };

    private static NodeSelectorRequirement Line(string key, string op, string values) =>
        new() { Key = key, Operator = op, Values = values.Length == 0 ? [] : [.. values.Split(',')] };
}
