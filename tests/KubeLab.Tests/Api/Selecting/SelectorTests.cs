using KubeLab.Api;
using KubeLab.Api.Meta;
using KubeLab.Api.Selecting;

namespace KubeLab.Tests.Api.Selecting;

public sealed class SelectorTests
{
    private static readonly StringMap Web = StringMap.Of(("app", "web"), ("tier", "front"), ("cpu", "4"));

    [Theory]
    [InlineData("", true)]
    [InlineData("app=web", true)]
    [InlineData("app==web,tier=front", true)]
    [InlineData("app=db", false)]
    [InlineData("app!=db", true)]
    [InlineData("zone!=a", true)]
    [InlineData("zone notin (a,b)", true)]
    [InlineData("app in (web, db)", true)]
    [InlineData("app notin (web)", false)]
    [InlineData("app", true)]
    [InlineData("!app", false)]
    [InlineData("!zone", true)]
    [InlineData("cpu>3,cpu<5", true)]
    [InlineData("cpu>4", false)]
    [InlineData("tier>1", false)]
    [InlineData("zone<5", false)]
    [InlineData("zone in ()", false)]
    [InlineData("in in (in)", false)]
    public void Lines_are_joined_by_and(string selector, bool matches)
    {
        Assert.Equal(matches, Selector.Parse(selector).Matches(Web));
    }

    [Theory]
    [InlineData("", "")]
    [InlineData("a=b,c!=d,x in (1,2),y notin (),!z,k,g>1,g<5", "a=b,c!=d,g>1,g<5,k,x in (1,2),y notin (),!z")]
    [InlineData("x in (b, a ,b)", "x in (a,b)")]
    [InlineData(" x == y ", "x==y")]
    [InlineData("x=", "x=")]
    [InlineData("x in (,a)", "x in (,a)")]
    [InlineData("x in (a,,b)", "x in (,a,b)")]
    [InlineData("in=notin", "in=notin")]
    [InlineData("a=b,", null)]
    public void Printing_sorts_lines_by_key_and_values_by_name(string selector, string? printed)
    {
        if (printed is null)
        {
            Assert.Throws<FormatException>(() => Selector.Parse(selector));
            return;
        }

        Assert.Equal(printed, Selector.Parse(selector).ToString());
        Assert.Equal(printed, Selector.Parse(printed).ToString());
    }

    [Theory]
    [InlineData("a b", "unable to parse requirement: found 'b', expected: in, notin, =, ==, !=, gt, lt")]
    [InlineData("=", "found '=', expected: !, identifier, or 'end of string'")]
    [InlineData("a=b,", "found '', expected: identifier after ','")]
    [InlineData("a=b c", "found 'c', expected: ',' or 'end of string'")]
    [InlineData("!a=b", "found '=', expected: ',' or 'end of string'")]
    [InlineData("a in b", "unable to parse requirement: found 'b' expected: '('")]
    [InlineData("a in (b c)", "unable to parse requirement: found 'c', expected: ',' or ')'")]
    [InlineData("a in (b", "unable to parse requirement: found '', expected: ',' or ')'")]
    [InlineData("a==(b", "unable to parse requirement: found '(', expected: identifier")]
    [InlineData("!!a", "unable to parse requirement: found '!', expected: identifier")]
    [InlineData("a>x", "unable to parse requirement: values[0]: Invalid value: \"x\": for 'Gt', 'Lt' operators, the value must be an integer")]
    [InlineData("-a", "unable to parse requirement: <nil>: Invalid value: \"-a\": name part must consist of alphanumeric characters, '-', '_' or '.', "
        + "and must start and end with an alphanumeric character (e.g. 'MyName',  or 'my.name',  or '123-abc', regex used for validation is "
        + "'([A-Za-z0-9][-A-Za-z0-9_.]*)?[A-Za-z0-9]')")]
    [InlineData("a=-b", "unable to parse requirement: values[0][a]: Invalid value: \"-b\": a valid label must be an empty string or consist of "
        + "alphanumeric characters, '-', '_' or '.', and must start and end with an alphanumeric character (e.g. 'MyValue',  or 'my_value',  "
        + "or '12345', regex used for validation is '(([A-Za-z0-9][-A-Za-z0-9_.]*)?[A-Za-z0-9])?')")]
    public void Errors_speak_as_upstream(string selector, string message)
    {
        Assert.Equal(message, Assert.Throws<FormatException>(() => Selector.Parse(selector)).Message);
    }

    [Fact]
    public void An_absent_selector_of_a_spec_selects_nothing_and_an_empty_one_everything()
    {
        Assert.False(Selector.From((LabelSelector?)null).Matches(Web));
        Assert.True(Selector.From(new LabelSelector()).Matches(Web));
        Assert.True(Selector.From(new LabelSelector()).IsEmpty);
        Assert.True(Selector.From(new LabelSelector { MatchLabels = StringMap.Of(("app", "web")) }).Matches(Web));
    }

    [Theory]
    [InlineData("In", "web", true)]
    [InlineData("NotIn", "web", false)]
    [InlineData("Exists", null, true)]
    [InlineData("DoesNotExist", null, false)]
    public void Expressions_of_a_spec_are_lines_too(string op, string? value, bool matches)
    {
        ValueList<string> values = value is null ? [] : [value];
        var selector = new LabelSelector
        {
            MatchLabels = StringMap.Of(("tier", "front")),
            MatchExpressions = [new LabelSelectorRequirement { Key = "app", Operator = op, Values = values }],
        };
        Assert.Equal(matches, Selector.From(selector).Matches(Web));
    }

    [Fact]
    public void Wrong_expressions_of_a_spec_are_named()
    {
        static string Message(string op) => Assert.Throws<FormatException>(() => Selector.From(new LabelSelector
        {
            MatchExpressions = [new LabelSelectorRequirement { Key = "app", Operator = op }],
        })).Message;

        Assert.Equal("\"Foo\" is not a valid label selector operator", Message("Foo"));
        Assert.Equal("values: Invalid value: []: for 'in', 'notin' operators, values set can't be empty", Message("In"));
    }

    [Fact]
    public void Matching_allocates_nothing()
    {
        var selector = Selector.Parse("app in (web,db),!zone,cpu>1,tier!=back");
        selector.Matches(Web);
        var before = GC.GetAllocatedBytesForCurrentThread();
        var matched = true;
        for (var i = 0; i < 1000; i++)
        {
            matched &= selector.Matches(Web);
        }

        Assert.True(matched);
        Assert.Equal(0, GC.GetAllocatedBytesForCurrentThread() - before);
    }

    [Theory]
    [InlineData("app=web", "app", "web")]
    [InlineData("app in (web)", "app", "web")]
    [InlineData("app in (web,db)", "app", null)]
    [InlineData("app!=web", "app", null)]
    public void A_selector_tells_the_one_value_it_requires(string selector, string key, string? value)
    {
        Assert.Equal(value, Selector.Parse(selector).RequiredValue(key));
    }

    [Theory]
    [InlineData("example.com/app", 0)]
    [InlineData("app", 0)]
    [InlineData("/app", 1)]
    [InlineData("example.com/", 2)]
    [InlineData("Example.com/app", 1)]
    [InlineData("a/b/c", 1)]
    [InlineData("a234567890123456789012345678901234567890123456789012345678901234", 1)]
    public void Keys_have_an_optional_subdomain_and_a_short_name(string key, int errors)
    {
        Assert.Equal(errors, LabelNames.KeyErrors(key).Count);
    }
}
