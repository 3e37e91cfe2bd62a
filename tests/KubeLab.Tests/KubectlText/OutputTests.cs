using System.Text.Json.Nodes;
using KubeLab.Formatting;
using KubeLab.KubectlText;
using KubeLab.KubectlText.Describing;
using KubeLab.KubectlText.Getting;
using KubeLab.KubectlText.Printing;
using KubeLab.KubectlText.Wire;

namespace KubeLab.Tests.KubectlText;

public sealed class OutputTests
{
    [Fact]
    public void A_notebook_marks_the_error_stream_and_the_exit_code()
    {
        var terminal = new Terminal();
        terminal.Out("a <b>\n");
        terminal.Error("error: no\n");
        var output = terminal.Result(1);
        Assert.Equal("a <b>\nerror: no\n", output.ToString());
        Assert.Equal(
            "<pre class=\"kubelab-kubectl\">a &lt;b&gt;\n<span class=\"kubelab-stderr\">error: no\n</span><span class=\"kubelab-exit\">exit code 1</span></pre>",
            ((IShown)output).ToHtml());
    }

    [Fact]
    public void Json_is_sorted_and_escaped_as_upstream_does_it() => Assert.Equal(
        "{\n    \"a\": [],\n    \"b\": {\n        \"c\": \"\\u003cx\\u003e \\u0026 é\"\n    }\n}\n",
        GoJson.Indented(JsonNode.Parse("""{"b":{"c":"<x> & é"},"a":[]}""")));

    [Fact]
    public void An_invalid_object_is_refused_with_one_line_for_each_cause()
    {
        var refusal = StatusException.From(422, """
            {"kind":"Status","reason":"Invalid","code":422,"message":"m","details":{"name":"p","kind":"Pod","causes":[
            {"field":"spec.containers[0].image","message":"Required value"},{"field":"spec.x","message":"Invalid value"}]}}
            """);
        Assert.Equal("The Pod \"p\" is invalid: \n* spec.containers[0].image: Required value\n* spec.x: Invalid value\n", ErrorText.Of([refusal]));
    }

    [Theory]
    [InlineData("leaseDurationSeconds", "Lease Duration Seconds")]
    [InlineData("apiVersion", "API Version")]
    [InlineData("uid", "UID")]
    [InlineData("podCIDR", "Pod CIDR")]
    [InlineData("httpGet", "Http Get")]
    [InlineData("a.b/c", "a.b/c")]
    public void The_name_of_a_field_becomes_a_label(string field, string label) => Assert.Equal(label, GenericDescriber.LabelFor(field));

    [Fact]
    public void Rows_are_sorted_by_numbers_quantities_and_numbers_in_names()
    {
        string Sorted(string path, params string[] rows) =>
            string.Join(' ', ObjectSorter.Sort([.. rows.Select(row => JsonNode.Parse(row))], path, row => row).Select(row => new Json(row)["v"].Text));
        Assert.Equal("9 10 100", Sorted(".v", """{"v":100}""", """{"v":9}""", """{"v":10}"""));
        Assert.Equal("500m 1 1Gi", Sorted(".v", """{"v":"1Gi"}""", """{"v":"1"}""", """{"v":"500m"}"""));
        Assert.Equal("web-2 web-10", Sorted("{.v}", """{"v":"web-10"}""", """{"v":"web-2"}"""));
    }

    [Fact]
    public void A_table_gets_the_columns_that_were_asked_for()
    {
        var printer = new TablePrinter(new() { Kind = "pod", WithNamespace = true, LabelColumns = ["example.com/app"], ShowLabels = true });
        var writer = TabWriter.ForTables();
        printer.Print(JsonNode.Parse("""
            {"columnDefinitions":[{"name":"Name","format":"name","priority":0},{"name":"Node","priority":1},{"name":"Ready","priority":0}],
             "rows":[{"cells":["web","n1","1/1"],"object":{"metadata":{"namespace":"default","labels":{"example.com/app":"a"}}}}]}
            """), writer);
        Assert.Equal(
            "NAMESPACE   NAME      READY   APP   LABELS\ndefault     pod/web   1/1     a     example.com/app=a\n", writer.Take());
    }
}
