using KubeLab.Api;
using KubeLab.Api.Core;
using KubeLab.Controllers.Deployments;

namespace KubeLab.Tests.Controllers.Deployments;

public sealed class TemplateHashTests
{
    [Fact]
    public void The_same_template_has_the_same_hash_and_another_image_another()
    {
        Assert.Equal(TemplateHash.Of(Template("web:1"), null), TemplateHash.Of(Template("web:1"), null));
        Assert.NotEqual(TemplateHash.Of(Template("web:1"), null), TemplateHash.Of(Template("web:2"), null));
    }

    [Fact]
    public void A_collision_moves_the_hash_on() =>
        Assert.Equal(4, new int?[] { null, 0, 1, 2 }.Select(c => TemplateHash.Of(Template("web:1"), c)).Distinct().Count());

    [Fact]
    public void A_hash_is_made_of_letters_and_digits_that_cannot_spell_a_word() =>
        Assert.Matches("^[bcdfghjklmnpqrstvwxz2456789]{1,10}$", TemplateHash.Of(Template("web:1"), null));

    [Fact]
    public void Templates_are_compared_without_their_hash_labels()
    {
        var template = Template("web:1");
        var labelled = template with { Metadata = template.Metadata with { Labels = template.Metadata.Labels.With(TemplateHash.Label, "abc") } };
        Assert.True(TemplateHash.SameTemplate(template, labelled));
        Assert.False(TemplateHash.SameTemplate(template, Template("web:2")));
    }

    private static PodTemplateSpec Template(string image) => new()
    {
        Metadata = new() { Labels = StringMap.Of(("app", "web")) },
        Spec = new() { Containers = [new Container { Name = "web", Image = image }] },
    };
}
