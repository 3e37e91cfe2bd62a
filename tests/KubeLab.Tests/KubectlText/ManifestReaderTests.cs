namespace KubeLab.Tests.KubectlText;

public sealed class ManifestReaderTests
{
    [Theory]
    [InlineData("hello", "error: unable to decode \"STDIN\": json: cannot unmarshal string into Go value of type unstructured.detector")]
    [InlineData("[1, 2]", "error: unable to decode \"STDIN\": json: cannot unmarshal array into Go value of type unstructured.detector")]
    [InlineData("42", "error: unable to decode \"STDIN\": json: cannot unmarshal number into Go value of type unstructured.detector")]
    public void A_document_that_is_no_object_is_refused_in_words(string text, string expected)
    {
        using var cluster = Lab.Simulate();
        cluster.AddMasters(1);
        var output = cluster.Kubectl("create -f -", stdin: text);
        Assert.Equal(1, output.ExitCode);
        Assert.Equal(expected, output.Text.Trim());
    }
}
