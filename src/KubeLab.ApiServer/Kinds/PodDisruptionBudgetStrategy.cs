using KubeLab.Api.Policy;
using KubeLab.ApiServer.Registry;
using KubeLab.ApiServer.Validation;

namespace KubeLab.ApiServer.Kinds;

/// <summary>How disruption budgets are stored.</summary>
public sealed class PodDisruptionBudgetStrategy : KindStrategy<PodDisruptionBudget>
{
    /// <inheritdoc/>
    public override bool HasGeneration => true;

    /// <inheritdoc/>
    protected override void Validate(PodDisruptionBudget obj, FieldErrors errors) => BudgetValidation.Validate(obj, errors);

    /// <inheritdoc/>
    protected override void ValidateUpdate(PodDisruptionBudget obj, PodDisruptionBudget old, FieldErrors errors) => BudgetValidation.ValidateUpdate(obj, old, errors);

    /// <inheritdoc/>
    protected override PodDisruptionBudget PrepareForCreate(PodDisruptionBudget obj) => obj with { Status = PodDisruptionBudgetStatus.Empty };

    /// <inheritdoc/>
    protected override PodDisruptionBudget PrepareForUpdate(PodDisruptionBudget obj, PodDisruptionBudget old) => obj with { Status = old.Status };

    /// <inheritdoc/>
    protected override PodDisruptionBudget PrepareForStatusUpdate(PodDisruptionBudget obj, PodDisruptionBudget old) => obj with { Spec = old.Spec };

    /// <inheritdoc/>
    protected override bool SpecChanged(PodDisruptionBudget obj, PodDisruptionBudget old) => obj.Spec != old.Spec;
}
