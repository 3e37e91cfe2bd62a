using System.Globalization;
using KubeLab.Api;
using KubeLab.Api.Meta;
using KubeLab.Api.Verbs;
using KubeLab.ApiServer.Watching;
using KubeLab.Etcd;
using KubeLab.Etcd.Mvcc;

namespace KubeLab.ApiServer.Registry;

/// <summary>Reads lists: whole or in chunks of one revision, restricted by selectors.</summary>
/// <seealso href="https://kubernetes.io/docs/reference/using-api/api-concepts/#retrieving-large-results-sets-in-chunks">Chunks</seealso>
internal sealed class Listing(RegistryContext context)
{
    private const string TokenTooOld =
        "The provided continue parameter is too old to display a consistent list result. You can start a new list without the continue parameter, or use "
        + "the continue token in this response to retrieve the remainder of the results. Continuing with the provided token results in an inconsistent "
        + "list - objects that were created, modified, or deleted between the time the first chunk was returned and now may show up in the list.";

    private readonly IEtcd etcd = context.Etcd;

    public ObjectList List(KindStrategy strategy, string? ns, ListOptions options)
    {
        var filter = ObjectFilter.Of(strategy, ns, options);
        var prefix = strategy.Resource.StorePrefix;
        var directory = filter.Namespace is null ? prefix : $"{prefix}{filter.Namespace}/";
        var (revision, start) = Begin(options, prefix, directory);
        if (revision == 0 && context.Hub.FeedOf(strategy).FindIndexed(filter) is { } indexed && options.Limit == 0)
        {
            return new ObjectList(Select(indexed, filter), new ListMeta { ResourceVersion = Text(etcd.Revision) });
        }

        var chunk = filter.IsUnselective ? options.Limit : 0;
        var range = Range(start, KeyRange.PrefixEnd(directory), chunk, revision, options);
        return chunk == 0 ? Whole(range, filter, prefix, options.Limit) : Chunk(range, prefix);
    }

    private static ObjectList Chunk(RangeResult range, string prefix)
    {
        var items = new IApiObject[range.Items.Count];
        for (var i = 0; i < items.Length; i++)
        {
            items[i] = range.Items[i].Value;
        }

        var metadata = new ListMeta { ResourceVersion = Text(range.Revision) };
        return new ObjectList(items, range.Remaining == 0 ? metadata : metadata with
        {
            Continue = ContinueToken.After(range.Revision, range.Items[^1].Key[prefix.Length..]).ToString(),
            RemainingItemCount = range.Remaining,
        });
    }

    /// <summary>With selectors the number of what remains is not known, as upstream.</summary>
    private static ObjectList Whole(RangeResult range, ObjectFilter filter, string prefix, int limit)
    {
        var metadata = new ListMeta { ResourceVersion = Text(range.Revision) };
        var items = new List<IApiObject>(filter.IsUnselective ? range.Items.Count : 0);
        string? last = null;
        foreach (var item in range.Items)
        {
            if (!filter.Matches(item.Value))
            {
                continue;
            }

            if (limit > 0 && items.Count == limit)
            {
                return new ObjectList(items, metadata with { Continue = ContinueToken.After(range.Revision, last![prefix.Length..]).ToString() });
            }

            items.Add(item.Value);
            last = item.Key;
        }

        return new ObjectList(items, metadata);
    }

    private static List<IApiObject> Select(List<KeyValue> candidates, ObjectFilter filter)
    {
        var items = new List<IApiObject>(candidates.Count);
        foreach (var candidate in candidates)
        {
            if (filter.Matches(candidate.Value))
            {
                items.Add(candidate.Value);
            }
        }

        return items;
    }

    private static string Text(long revision) => revision.ToString(CultureInfo.InvariantCulture);

    /// <summary>The revision to read at, 0 for the newest, and the first key.</summary>
    private (long Revision, string Start) Begin(ListOptions options, string prefix, string directory)
    {
        if (!string.IsNullOrEmpty(options.Continue))
        {
            if (!string.IsNullOrEmpty(options.ResourceVersion) && options.ResourceVersion != "0")
            {
                throw ApiErrors.BadRequest("specifying resource version is not allowed when using continue");
            }

            var token = ContinueToken.Parse(options.Continue);
            return (token.Revision < 0 ? 0 : token.Revision, prefix + token.Start);
        }

        var asked = ResourceVersions.Parse(options.ResourceVersion);
        if (asked > etcd.Revision)
        {
            throw ApiErrors.Timeout($"Too large resource version: {asked}, current: {etcd.Revision}");
        }

        return (options.ResourceVersionMatch == "Exact" ? asked : 0, directory);
    }

    private RangeResult Range(string start, string end, int limit, long revision, ListOptions options)
    {
        try
        {
            return etcd.Range(start, end, limit, revision);
        }
        catch (EtcdException e) when (e.Error == EtcdError.Compacted)
        {
            if (string.IsNullOrEmpty(options.Continue))
            {
                throw ApiErrors.Expired("The resourceVersion for the provided list is too old.");
            }

            var rest = ContinueToken.Parse(options.Continue) with { Revision = -1 };
            var refusal = ApiErrors.Expired(TokenTooOld).Status;
            throw new ApiException(refusal with { Metadata = new ListMeta { Continue = rest.ToString() } });
        }
    }
}
