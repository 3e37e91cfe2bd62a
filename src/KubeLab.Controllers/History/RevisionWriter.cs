using KubeLab.Api;
using KubeLab.Api.Apps;
using KubeLab.Api.Selecting;
using KubeLab.Api.Verbs;
using KubeLab.Client.Informing;
using KubeLab.Controllers.Owning;

namespace KubeLab.Controllers.History;

/// <summary>Reads and writes the revisions of an owner.</summary>
/// <remarks>Upstream: realHistory in pkg/controller/history.</remarks>
internal sealed class RevisionWriter
{
    private readonly IKubernetesApi api;
    private readonly InformerIndex<ControllerRevision> owned;
    private readonly InformerIndex<ControllerRevision> orphans;

    public RevisionWriter(IKubernetesApi api, InformerFactory informers)
    {
        this.api = api;
        var revisions = informers.For<ControllerRevision>();
        owned = revisions.IndexBy(r => Ownership.ControllerUidOf(r.Metadata));
        orphans = revisions.IndexBy(r => Ownership.OrphanPlaceOf(r.Metadata));
    }

    /// <summary>The revisions of <paramref name="owner"/> in their order; ones without an owner are adopted.</summary>
    public IReadOnlyList<ControllerRevision> Claim(IApiObject owner, Selector selector)
    {
        var ours = new List<ControllerRevision>();
        foreach (var revision in owned[owner.Metadata.Uid ?? ""].Concat(orphans[owner.Metadata.Namespace ?? ""]).ToList())
        {
            switch (Claiming.Decide(owner.Metadata, selector, revision.Metadata))
            {
                case Owning.Claim.Keep:
                    ours.Add(revision);
                    break;
                case Owning.Claim.Adopt:
                    ours.Add(api.Update(revision.WithMetadata(Claiming.Adopted(revision.Metadata, Ownership.ReferenceTo(owner)))));
                    break;
                default:
                    break;
            }
        }

        return RevisionHistory.Ordered(ours);
    }

    /// <summary>
    /// Stores <paramref name="wanted"/> under the name that <paramref name="named"/> gives it; when another revision has the name, the collisions are counted up
    /// until one is free. One that holds the same data already is returned instead.
    /// </summary>
    public ControllerRevision Create(ControllerRevision wanted, Func<ControllerRevision, int, ControllerRevision> named, ref int collisions)
    {
        while (true)
        {
            var attempt = named(wanted, collisions);
            try
            {
                return api.Create(attempt);
            }
            catch (ApiException taken) when (taken.IsAlreadyExists)
            {
                var present = api.Get<ControllerRevision>(attempt.Metadata.Namespace!, attempt.Metadata.Name!);
                if (present.Data == wanted.Data)
                {
                    return present;
                }

                collisions++;
            }
        }
    }

    /// <summary>Gives a revision another number.</summary>
    public ControllerRevision Renumber(ControllerRevision revision, long number) =>
        revision.Revision == number ? revision : api.Update(revision with { Revision = number });

    /// <summary>Forgets revisions.</summary>
    public void Delete(IEnumerable<ControllerRevision> revisions)
    {
        foreach (var revision in revisions)
        {
            try
            {
                api.Delete<ControllerRevision>(revision.Metadata.Namespace!, revision.Metadata.Name!);
            }
            catch (ApiException gone) when (gone.IsNotFound)
            {
                // Somebody else was faster.
            }
        }
    }
}
