using KubeLab.Api.Selecting;

namespace KubeLab.Tests.Api.Selecting;

public sealed class FieldSelectorTests
{
    [Theory]
    [InlineData("", true)]
    [InlineData("metadata.name=web", true)]
    [InlineData("metadata.name==web", true)]
    [InlineData("metadata.name!=web", false)]
    [InlineData("spec.nodeName=", true)]
    [InlineData("metadata.name=web,status.phase!=Running", false)]
    public void Fields_are_compared_and_absent_ones_are_empty(string selector, bool matches)
    {
        Assert.Equal(matches, FieldSelector.Parse(selector).Matches(Value));
    }

    [Theory]
    [InlineData("b=2,a==1,c!=3", "a=1,b=2,c!=3")]
    [InlineData("a=x\\,y\\=z\\\\", "a=x\\,y\\=z\\\\")]
    public void Printing_sorts_and_escapes(string selector, string printed)
    {
        Assert.Equal(printed, FieldSelector.Parse(selector).ToString());
    }

    [Theory]
    [InlineData("a", "invalid selector: 'a'; can't understand 'a'")]
    [InlineData("a=b=c", "invalid field selector: unescaped character in value: 61")]
    [InlineData("a=\\b", "invalid field selector: invalid escape sequence: \\b")]
    public void Errors_speak_as_upstream(string selector, string message)
    {
        Assert.Equal(message, Assert.Throws<FormatException>(() => FieldSelector.Parse(selector)).Message);
    }

    [Fact]
    public void An_escaped_value_is_compared_unescaped()
    {
        Assert.True(FieldSelector.Parse("metadata.name=a\\,b").Matches(_ => "a,b"));
        Assert.Equal("a,b", FieldSelector.Parse("metadata.name=a\\,b").RequiredValue("metadata.name"));
    }

    private static string Value(string field) => field switch
    {
        "metadata.name" => "web",
        "status.phase" => "Running",
        _ => "",
    };
}
