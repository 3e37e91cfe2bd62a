using System.Text;
using KubeLab.Notebook.Jupyter;

namespace KubeLab.Notebook.Tests.Jupyter;

public sealed class JsonTextTests
{
    [Theory]
    [InlineData("""a\ud83d\ude00b""", "a😀b")]
    [InlineData("""a\ud83d""", "a\ufffd")]
    [InlineData("""\ude00b""", "\ufffdb")]
    [InlineData("""\ud83d\ud83d\ude00""", "\ufffd😀")]
    [InlineData("""\\ud83d \uD83D""", "\\ud83d \ufffd")]
    [InlineData("""\"\n\u0041\udc00""", "\"\nA\ufffd")]
    public void Half_a_surrogate_pair_becomes_the_mark_for_what_cannot_be_shown(string escaped, string text) =>
        Assert.Equal(text, JsonText.ParseObject(Encoding.UTF8.GetBytes($$"""{"t":"{{escaped}}"}"""), "x").Text("t"));

    [Fact]
    public void Bytes_that_are_no_UTF_8_are_refused_before_anything_reads_them() =>
        Assert.Equal("x: the bytes are no UTF-8", Assert.Throws<FormatException>(() => JsonText.ParseObject("{\"t\":\""u8.ToArray().Append((byte)0xFF).Concat("\"}"u8.ToArray()).ToArray(), "x")).Message);

    [Fact]
    public void What_is_absent_or_of_another_kind_is_the_usual()
    {
        var json = JsonText.ParseObject("""{"t":1,"n":"x","f":0,"big":1e20}"""u8.ToArray(), "x");

        Assert.Null(json.Text("t"));
        Assert.Null(json.Text("none"));
        Assert.Equal((5, 5, 5), (json.Number("n", 5), json.Number("none", 5), json.Number("big", 5)));
        Assert.True(json.Flag("f", true));
        Assert.Null(json.GetProperty("t").Get("inner"));
    }
}
