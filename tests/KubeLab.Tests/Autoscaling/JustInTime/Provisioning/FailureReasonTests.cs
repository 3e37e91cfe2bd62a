using KubeLab.Autoscaling.JustInTime.Provisioning;

namespace KubeLab.Tests.Autoscaling.JustInTime.Provisioning;

public sealed class FailureReasonTests
{
    // Rows: requirements met, fits, offered; each pair without the third; upstream's sentence.
    [Theory]
    [InlineData(false, false, false, false, false, false, "no instance type met the scheduling requirements or had enough resources or had a required offering")]
    [InlineData(false, false, true, false, false, false, "no instance type met the scheduling requirements or had enough resources")]
    [InlineData(false, true, false, false, false, false, "no instance type met the scheduling requirements or had a required offering")]
    [InlineData(true, false, false, false, false, false, "no instance type had enough resources or had a required offering")]
    [InlineData(false, true, true, false, false, true, "no instance type met all requirements")]
    [InlineData(true, false, true, false, true, false, "no instance type has enough resources")]
    [InlineData(true, true, false, true, false, false, "no instance type has the required offering")]
    [InlineData(true, true, true, true, false, false, "no instance type which met the scheduling requirements and had enough resources, had a required offering")]
    [InlineData(true, true, true, false, false, true, "no instance type which had enough resources and the required offering met the scheduling requirements")]
    [InlineData(true, true, true, false, true, false, "no instance type which met the scheduling requirements and the required offering had the required resources")]
    [InlineData(true, true, true, false, false, false, "no instance type met the requirements/resources/offering tuple")]
    public void The_sentence_names_what_was_missing(bool meets, bool fits, bool offered, bool meetsAndFits, bool meetsAndOffered, bool fitsAndOffered, string sentence) =>
        Assert.Equal(sentence, FailureReason.Sentence(meets, fits, offered, meetsAndFits, meetsAndOffered, fitsAndOffered));
}
