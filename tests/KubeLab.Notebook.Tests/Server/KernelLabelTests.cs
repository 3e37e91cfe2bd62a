using KubeLab.Notebook.Server;

namespace KubeLab.Notebook.Tests.Server;

public sealed class KernelLabelTests
{
    [Theory]
    [InlineData("work/03-control-plane.ipynb", "03")]
    [InlineData("05.ipynb", "05")]
    [InlineData("My Notes, ü.ipynb", "my-notes")]
    [InlineData("work/03-control-plane-jvsc-0a1b2c3d-9.ipynb", "03")]
    [InlineData("2fast.ipynb", "2fast")]
    [InlineData("", "")]
    [InlineData(null, "")]
    public void A_lesson_is_called_by_its_number_and_another_notebook_by_its_name(string? path, string label) =>
        Assert.Equal(label, KernelLabel.Of(path, _ => false));

    [Fact]
    public void Who_comes_later_gets_a_name_that_is_free()
    {
        var taken = new HashSet<string>();
        string Next(string? path)
        {
            var label = KernelLabel.Of(path, taken.Contains);
            taken.Add(label);
            return label;
        }

        Assert.Equal(
            ["03", "03-pods", "03-pods-2", "03-more", "", "2", "3"],
            new[] { "work/03-pods.ipynb", "notebooks/03-pods.ipynb", "03-pods.ipynb", "03-more.ipynb", null, null, null }.Select(Next));
    }
}
