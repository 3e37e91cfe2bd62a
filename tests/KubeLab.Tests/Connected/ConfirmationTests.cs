using KubeLab.Connected;

namespace KubeLab.Tests.Connected;

public sealed class ConfirmationTests
{
    [Theory]
    [InlineData("prod", null)]
    [InlineData(null, "prod")]
    [InlineData("prod", "dev")]
    public void The_contexts_name_is_enough(string? argument, string? variable) => Confirmation.Require("deleting it", "prod", argument, variable);

    [Theory]
    [InlineData(null, null, "(or KUBELAB_CONFIRM=prod).")]
    [InlineData("yes", null, " \"yes\" is another.")]
    [InlineData("dev", "prod", " \"dev\" is another.")]
    [InlineData(null, "dev", " \"dev\" is another.")]
    public void Anything_else_is_refused_with_what_to_write(string? argument, string? variable, string end)
    {
        var error = Assert.Throws<InvalidOperationException>(() => Confirmation.Require("deleting it", "prod", argument, variable));
        Assert.StartsWith("deleting it cannot be undone, and the lab did not make this cluster. If you mean it, name its context: confirm: \"prod\"", error.Message, StringComparison.Ordinal);
        Assert.EndsWith(end, error.Message, StringComparison.Ordinal);
    }
}
