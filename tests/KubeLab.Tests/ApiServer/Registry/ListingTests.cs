using FsCheck;
using FsCheck.Fluent;
using KubeLab.Api;
using KubeLab.Api.Core;
using KubeLab.Api.Verbs;

namespace KubeLab.Tests.ApiServer.Registry;

public sealed class ListingTests
{
    private readonly ServerFixture f = new();

    [Fact]
    public void Chunks_together_are_the_list_at_once_whatever_is_written_between_them() =>
        Prop.ForAll(Gen.Choose(1, 9).ToArbitrary(), Gen.Choose(0, 30).ToArbitrary(), (limit, count) =>
        {
            var f = new ServerFixture();
            for (var i = 0; i < count; i++)
            {
                f.Api.Create(ServerFixture.ConfigMap($"m{i}", labels: StringMap.Of(("half", $"{i % 2}"))));
            }

            foreach (var selector in new[] { null, "half=1" })
            {
                var whole = f.Api.List(ConfigMap.Resource, null, new ListOptions { LabelSelector = selector });
                var pieces = InChunks(f, new ListOptions { LabelSelector = selector, Limit = limit });
                Assert.Equal(whole.Items, pieces);
            }

            return true;
        }).QuickCheckThrowOnFailure();

    [Fact]
    public void A_chunk_says_how_many_remain_unless_a_selector_leaves_some_out()
    {
        CreateMaps(5);
        var chunk = f.Api.List(ConfigMap.Resource, "default", new ListOptions { Limit = 2 });
        Assert.Equal((2, 3L), (chunk.Items.Count, chunk.Metadata.RemainingItemCount));

        var selected = f.Api.List(ConfigMap.Resource, "default", new ListOptions { Limit = 2, LabelSelector = "!nothing" });
        Assert.Null(selected.Metadata.RemainingItemCount);
        Assert.NotNull(selected.Metadata.Continue);
    }

    [Fact]
    public void A_selector_that_selects_little_is_searched_to_the_end()
    {
        for (var i = 0; i < 4500; i++)
        {
            f.Api.Create(ServerFixture.ConfigMap($"m{i:D5}", labels: i % 1500 == 7 ? StringMap.Of(("rare", "yes")) : default));
        }

        var first = f.Api.List(ConfigMap.Resource, null, new ListOptions { LabelSelector = "rare", Limit = 2 });
        Assert.Equal(["m00007", "m01507"], first.Items.Select(i => i.Metadata.Name!));
        var second = f.Api.List(ConfigMap.Resource, null, new ListOptions { LabelSelector = "rare", Limit = 2, Continue = first.Metadata.Continue });
        Assert.Equal(["m03007"], second.Items.Select(i => i.Metadata.Name!));
        Assert.Null(second.Metadata.Continue);
    }

    [Fact]
    public void Every_chunk_says_how_many_remain_of_the_lists_own_version()
    {
        CreateMaps(7);
        var options = new ListOptions { Limit = 2 };
        foreach (var remaining in new long?[] { 5, 3, 1, null })
        {
            var chunk = f.Api.List(ConfigMap.Resource, "default", options);
            Assert.Equal(remaining, chunk.Metadata.RemainingItemCount);
            options = options with { Continue = chunk.Metadata.Continue };
            f.Api.Create(ServerFixture.ConfigMap($"z{remaining}"));
        }
    }

    [Fact]
    public void A_token_that_is_too_old_comes_with_one_that_goes_on_from_now()
    {
        CreateMaps(4);
        var first = f.Api.List(ConfigMap.Resource, "default", new ListOptions { Limit = 2 });
        f.Api.Create(ServerFixture.ConfigMap("z"));
        f.Etcd.Compact(f.Etcd.Revision);

        var status = ServerFixture.Refused(() => f.Api.List(ConfigMap.Resource, "default", new ListOptions { Limit = 2, Continue = first.Metadata.Continue }));

        Assert.Equal((410, "Expired"), (status.Code, status.Reason));
        Assert.StartsWith("The provided continue parameter is too old to display a consistent list result.", status.Message, StringComparison.Ordinal);
        var rest = f.Api.List(ConfigMap.Resource, "default", new ListOptions { Continue = status.Metadata.Continue });
        Assert.Equal(["m2", "m3", "z"], rest.Items.Select(i => i.Metadata.Name!));
    }

    [Fact]
    public void A_token_that_is_not_ours_is_refused()
    {
        var status = ServerFixture.Refused(() => f.Api.List(ConfigMap.Resource, null, new ListOptions { Continue = "%%%" }));
        Assert.Equal(400, status.Code);
        Assert.StartsWith("continue key is not valid: ", status.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Versions_are_read_as_upstream_reads_them()
    {
        CreateMaps(1);
        var then = f.Server.ResourceVersion;
        f.Api.Create(ServerFixture.ConfigMap("later"));

        Assert.Single(f.Api.List<ConfigMap>("default", new ListOptions { ResourceVersion = then, ResourceVersionMatch = "Exact" }));
        Assert.Equal(2, f.Api.List<ConfigMap>("default", new ListOptions { ResourceVersion = then }).Count);
        Assert.Equal(504, ServerFixture.Refused(() => f.Api.List<ConfigMap>(null, new ListOptions { ResourceVersion = "99999" })).Code);
        Assert.Equal(
            "resourceVersion: Invalid value: \"abc\": strconv.ParseUint: parsing \"abc\": invalid syntax",
            ServerFixture.Refused(() => f.Api.List<ConfigMap>(null, new ListOptions { ResourceVersion = "abc" })).Message);
    }

    [Fact]
    public void Pods_of_a_node_are_found_by_index_and_are_those_that_a_search_finds()
    {
        for (var i = 0; i < 20; i++)
        {
            f.Api.Bind(f.Api.Create(ServerFixture.Pod($"p{i}")), $"node-{i % 3}");
        }

        f.Api.Create(ServerFixture.Pod("waiting"));
        f.Api.Delete<Pod>("default", "p4", new DeleteOptions { GracePeriodSeconds = 0 });

        foreach (var node in new[] { "node-0", "node-1", "node-2", "" })
        {
            var found = f.Api.List<Pod>(null, new ListOptions { FieldSelector = $"spec.nodeName={node}" });
            Assert.Equal(f.Api.List<Pod>().Where(p => (p.Spec.NodeName ?? "") == node), found);
        }
    }

    [Fact]
    public void Fields_that_a_kind_does_not_offer_are_refused()
    {
        var status = ServerFixture.Refused(() => f.Api.List<Pod>(null, new ListOptions { FieldSelector = "spec.containers=x" }));
        Assert.Equal((400, "field label not supported: spec.containers"), (status.Code, status.Message));
        Assert.Equal(400, ServerFixture.Refused(() => f.Api.List<Pod>(null, new ListOptions { LabelSelector = "a in" })).Code);
    }

    private void CreateMaps(int count)
    {
        for (var i = 0; i < count; i++)
        {
            f.Api.Create(ServerFixture.ConfigMap($"m{i}"));
        }
    }

    private static List<IApiObject> InChunks(ServerFixture f, ListOptions options)
    {
        var all = new List<IApiObject>();
        while (true)
        {
            var chunk = f.Api.List(ConfigMap.Resource, null, options);
            Assert.True(chunk.Items.Count <= options.Limit);
            all.AddRange(chunk.Items);
            if (chunk.Metadata.Continue is null)
            {
                return all;
            }

            options = options with { Continue = chunk.Metadata.Continue };
            f.Api.Create(ServerFixture.Pod($"noise-{f.Server.ResourceVersion}"));
            if (f.Api.Find<ConfigMap>("default", "m5") is not null)
            {
                f.Api.Delete<ConfigMap>("default", "m5");
            }
            else if (f.Api.Find<ConfigMap>("default", "m6") is null)
            {
                f.Api.Create(ServerFixture.ConfigMap($"n{f.Server.ResourceVersion}", labels: StringMap.Of(("half", "1"))));
            }
        }
    }
}
