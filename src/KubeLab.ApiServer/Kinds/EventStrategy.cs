using KubeLab.Api;
using KubeLab.Api.Core;
using KubeLab.ApiServer.Kinds.Events;
using KubeLab.ApiServer.Registry;
using KubeLab.ApiServer.Validation;

namespace KubeLab.ApiServer.Kinds;

/// <summary>How events are stored.</summary>
public sealed class EventStrategy : KindStrategy<Event>
{
    private readonly EventForms forms = new();

    /// <inheritdoc/>
    public override bool AllowsCreateOnUpdate => true;

    /// <inheritdoc/>
    public override TimeSpan? TimeToLive => TimeSpan.FromHours(1);

    /// <inheritdoc/>
    public override IApiObject FromStore(IApiObject stored) => stored is StoredEvent packed ? packed.Read() : stored;

    /// <inheritdoc/>
    public override IApiObject ToStore(IApiObject obj) => StoredEvent.Of((Event)obj, forms);

    /// <inheritdoc/>
    protected override void Validate(Event obj, FieldErrors errors) => EventValidation.Validate(obj, errors);

    /// <inheritdoc/>
    protected override void ValidateUpdate(Event obj, Event old, FieldErrors errors) => EventValidation.Validate(obj, errors);

    /// <inheritdoc/>
    protected override bool TryGetField(Event obj, string path, out string value)
    {
        value = path switch
        {
            "involvedObject.kind" => obj.InvolvedObject.Kind ?? "",
            "involvedObject.namespace" => obj.InvolvedObject.Namespace ?? "",
            "involvedObject.name" => obj.InvolvedObject.Name ?? "",
            "involvedObject.uid" => obj.InvolvedObject.Uid ?? "",
            "involvedObject.apiVersion" => obj.InvolvedObject.ApiVersion ?? "",
            "involvedObject.resourceVersion" => obj.InvolvedObject.ResourceVersion ?? "",
            "involvedObject.fieldPath" => obj.InvolvedObject.FieldPath ?? "",
            "reason" => obj.Reason ?? "",
            "reportingComponent" => obj.ReportingController ?? "",
            "source" => obj.Source.Component ?? obj.ReportingController ?? "",
            "type" => obj.Type ?? "",
            _ => null!,
        };
        return value is not null;
    }
}
