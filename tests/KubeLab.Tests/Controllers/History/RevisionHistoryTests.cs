using System.Text;
using KubeLab.Api;
using KubeLab.Api.Apps;
using KubeLab.Api.Core;
using KubeLab.Controllers.History;

namespace KubeLab.Tests.Controllers.History;

public sealed class RevisionHistoryTests
{
    private static readonly PodTemplateSpec Template = new()
    {
        Metadata = new() { Labels = StringMap.Of(("app", "web")) },
        Spec = new() { Containers = [new Container { Name = "web", Image = "web:1", Args = ["a<b&c"] }] },
    };

    [Fact]
    public void Data_is_written_as_Go_writes_it() => Assert.Equal(
        """{"spec":{"template":{"$patch":"replace","metadata":{"creationTimestamp":null,"labels":{"app":"web"}},"spec":{"containers":[{"args":["a\u003cb\u0026c"],"image":"web:1","name":"web","resources":{}}]}}}}""",
        Encoding.UTF8.GetString(RevisionData.Text(Template)));

    [Fact]
    public void A_template_comes_back_out_of_its_revision() =>
        Assert.Equal(Template, RevisionData.TemplateOf(new ControllerRevision { Data = RevisionData.Of(Template) }));

    [Fact]
    public void Data_of_some_other_shape_holds_no_template() =>
        Assert.Null(RevisionData.TemplateOf(new ControllerRevision { Data = new OpaqueObject() }));

    /// <summary>FNV-1 of "a0" is 0x78D3..., worked out by hand: ((2166136261 * p ^ 'a') * p) ^ '0' modulo 2^32.</summary>
    [Fact]
    public void A_hash_is_FNV_1_with_the_collisions_in_digits()
    {
        var byHand = unchecked(((((2166136261u * 16777619u) ^ 'a') * 16777619u) ^ '0')).ToString(System.Globalization.CultureInfo.InvariantCulture);
        var letters = string.Concat(byHand.Select(d => "bcdfghjklmnpqrstvwxz2456789"[d % 27]));
        Assert.Equal(letters, RevisionHash.Of("a"u8, 0));
        Assert.NotEqual(RevisionHash.Of("a"u8, 0), RevisionHash.Of("a"u8, 1));
    }

    [Fact]
    public void A_long_owners_name_is_cut() => Assert.Equal(223 + 5, RevisionHash.NameOf(new string('x', 253), "abcd").Length);

    [Fact]
    public void Only_revisions_nobody_uses_count_towards_the_limit()
    {
        var all = RevisionHistory.Ordered([Of(3), Of(1), Of(2), Of(4)]);
        Assert.Equal([1, 2, 3, 4], all.Select(r => r.Revision));
        Assert.Equal([2], RevisionHistory.Surplus(all, r => r.Revision is 1 or 4, 1).Select(r => r.Revision));
        Assert.Equal(5, RevisionHistory.Next(all));
    }

    private static ControllerRevision Of(long revision) => new() { Metadata = new() { Name = $"r{revision}" }, Revision = revision };
}
