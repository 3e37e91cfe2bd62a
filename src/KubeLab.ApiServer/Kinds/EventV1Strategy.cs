using KubeLab.Api;
using KubeLab.Api.Core;
using KubeLab.Api.Events;
using KubeLab.ApiServer.Converting;
using KubeLab.ApiServer.Registry;
using KubeLab.ApiServer.Tables;
using KubeLab.ApiServer.Validation;

namespace KubeLab.ApiServer.Kinds;

/// <summary>How events are served in the group <c>events.k8s.io</c>: those of the core group, and checked more strictly when they are written.</summary>
public sealed class EventV1Strategy : KindStrategy<EventV1>
{
    private readonly EventStrategy core = new();

    /// <inheritdoc/>
    public override bool AllowsCreateOnUpdate => true;

    /// <inheritdoc/>
    public override TimeSpan? TimeToLive => core.TimeToLive;

    /// <inheritdoc/>
    public override bool IsStored => false;

    /// <inheritdoc/>
    public override TablePrinter Table { get; } = new ConvertedTable(TablePrinter.Of(Event.Resource), obj => EventConversion.ToCore((EventV1)obj));

    /// <inheritdoc/>
    public override IApiObject FromStore(IApiObject stored) => core.FromStore(stored) is Event e ? EventConversion.ToNew(e) : stored;

    /// <inheritdoc/>
    public override IApiObject ToStore(IApiObject obj) => obj is EventV1 e ? core.ToStore(EventConversion.ToCore(e)) : obj;

    /// <inheritdoc/>
    protected override void Validate(EventV1 obj, FieldErrors errors) => EventValidation.ValidateStrictly(EventConversion.ToCore(obj), errors);

    /// <inheritdoc/>
    protected override void ValidateUpdate(EventV1 obj, EventV1 old, FieldErrors errors) =>
        EventValidation.ValidateUpdateStrictly(EventConversion.ToCore(obj), EventConversion.ToCore(old), errors);

    /// <inheritdoc/>
    protected override bool TryGetField(EventV1 obj, string path, out string value)
    {
        value = "";
        var name = path switch
        {
            "reportingController" => "reportingComponent",
            "reason" or "type" => path,
            _ when path.StartsWith("regarding.", StringComparison.Ordinal) => $"involvedObject.{path["regarding.".Length..]}",
            _ => null,
        };
        return name is not null && core.TryGetField(EventConversion.ToCore(obj), name, out value);
    }
}
