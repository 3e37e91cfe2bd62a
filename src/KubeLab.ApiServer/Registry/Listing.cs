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

    private const int SearchedAtOnce = 2000;

    private readonly IEtcd etcd = context.Etcd;

    public ObjectList List(KindStrategy strategy, string? ns, ListOptions options)
    {
        var filter = ObjectFilter.Of(strategy, ns, options);
        var prefix = strategy.Resource.StorePrefix;
        var directory = filter.Namespace is null ? prefix : $"{prefix}{filter.Namespace}/";
        var token = Begin(options, directory[prefix.Length..]);
        if (token.Revision == 0 && options.Limit == 0 && context.Hub.FeedOf(strategy).FindIndexed(filter) is { } indexed)
        {
            if (!IsOldGoodEnough(options))
            {
                etcd.CatchUp();
            }

            return new ObjectList(Select(indexed, filter), new ListMeta { ResourceVersion = Text(etcd.Revision) });
        }

        return filter.IsUnselective ? Unselected(strategy, token, prefix, KeyRange.PrefixEnd(directory), options)
            : Selected(strategy, token, prefix, KeyRange.PrefixEnd(directory), options, filter);
    }

    private ObjectList Unselected(KindStrategy strategy, ContinueToken from, string prefix, string end, ListOptions options)
    {
        var range = Range(prefix + from.Start, end, options.Limit, from.Revision, options, countAll: options.Limit > 0 && from.Remaining == 0);
        var items = new IApiObject[range.Items.Count];
        for (var i = 0; i < items.Length; i++)
        {
            items[i] = strategy.FromStore(range.Items[i].Value);
        }

        var metadata = new ListMeta { ResourceVersion = Text(range.Revision) };
        if (!range.HasMore)
        {
            return new ObjectList(items, metadata);
        }

        var remaining = from.Remaining == 0 ? range.Remaining : from.Remaining - items.Length;
        var next = ContinueToken.After(range.Revision, range.Items[^1].Key[prefix.Length..], remaining).ToString();
        return new ObjectList(items, metadata with { Continue = next, RemainingItemCount = remaining });
    }

    /// <summary>Goes on until the chunk is full; how many remain is not known, as upstream.</summary>
    private ObjectList Selected(KindStrategy strategy, ContinueToken from, string prefix, string end, ListOptions options, ObjectFilter filter)
    {
        var (start, revision) = (prefix + from.Start, from.Revision);
        var items = new List<IApiObject>();
        string? last = null;
        while (true)
        {
            var range = Range(start, end, options.Limit == 0 ? 0 : SearchedAtOnce, revision, options, countAll: false);
            var metadata = new ListMeta { ResourceVersion = Text(range.Revision) };
            foreach (var item in range.Items)
            {
                var obj = strategy.FromStore(item.Value);
                if (!filter.Matches(obj))
                {
                    continue;
                }

                if (options.Limit > 0 && items.Count == options.Limit)
                {
                    return new ObjectList(items, metadata with { Continue = ContinueToken.After(range.Revision, last![prefix.Length..], 0).ToString() });
                }

                items.Add(obj);
                last = item.Key;
            }

            if (!range.HasMore)
            {
                return new ObjectList(items, metadata);
            }

            (start, revision) = (range.Items[^1].Key + "\0", range.Revision);
        }
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

    // Whoever asks for version 0 takes what there is, also from a member that has no majority.
    private static bool IsOldGoodEnough(ListOptions options) => options.ResourceVersion == "0";

    private static string Text(long revision) => revision.ToString(CultureInfo.InvariantCulture);

    /// <summary>Where to begin, and the revision to read at: 0 for the newest.</summary>
    private ContinueToken Begin(ListOptions options, string start)
    {
        if (!string.IsNullOrEmpty(options.Continue))
        {
            if (!string.IsNullOrEmpty(options.ResourceVersion) && options.ResourceVersion != "0")
            {
                throw ApiErrors.BadRequest("specifying resource version is not allowed when using continue");
            }

            var token = ContinueToken.Parse(options.Continue);
            return token.Revision < 0 ? token with { Revision = 0, Remaining = 0 } : token;
        }

        var asked = ResourceVersions.Parse(options.ResourceVersion);
        if (asked > etcd.Revision)
        {
            throw ApiErrors.Timeout($"Too large resource version: {asked}, current: {etcd.Revision}");
        }

        return new ContinueToken(options.ResourceVersionMatch == "Exact" ? asked : 0, start);
    }

    private RangeResult Range(string start, string end, int limit, long revision, ListOptions options, bool countAll)
    {
        try
        {
            return etcd.Range(start, end, limit, revision, countAll, IsOldGoodEnough(options));
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
